"""Loads a running `cthd serve` with many clients and says what became of their requests.

    cthd serve --port 8642 &
    python3 tests/tools/load.py --url http://127.0.0.1:8642 --pid $! --file seeds/phuong-liet-2026.txt

Standard library only. Not run by tests/all: what it gives are times. Figures are in docs/PERFORMANCE.md.
"""

import argparse
import http.client
import pathlib
import threading
import time
import urllib.parse


def resident(pid: int) -> int:
    """Resident memory of a process, in KiB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def client(url: urllib.parse.SplitResult, body: bytes, until: float, times: list, lost: list) -> None:
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=120)
    while time.monotonic() < until:
        start = time.monotonic()
        try:
            connection.request("POST", "/api/check?name=a", body)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                lost.append(answer.status)
        except OSError as error:
            lost.append(repr(error))
            connection.close()
        times.append(time.monotonic() - start)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", default="http://127.0.0.1:8642")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--file", type=pathlib.Path, required=True)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    args = parser.parse_args()
    url, body = urllib.parse.urlsplit(args.url), args.file.read_bytes()
    # What is made once, at the first request, is no growth.
    client(url, body, time.monotonic() + 2, [], [])
    before, times, lost, most = resident(args.pid), [], [], 0
    until = time.monotonic() + args.seconds
    threads = [
        threading.Thread(target=client, args=(url, body, until, times, lost)) for _ in range(args.clients)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most = max(most, resident(args.pid))
        time.sleep(0.2)
    time.sleep(5)
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
    print(f"{args.clients} clients, {args.seconds} s, {len(body)} bytes: {len(times)} requests, {len(lost)} lost")
    print(f"{len(times) / args.seconds:.1f} requests/s; median {at(.5):.0f} ms, 95 % {at(.95):.0f} ms, longest {times[-1] * 1000:.0f} ms")
    print(f"resident memory: {before} KiB before, {most} KiB at most, {resident(args.pid)} KiB after")
    for what in lost[:5]:
        print("lost:", what)


if __name__ == "__main__":
    main()
