//! profile
fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let g = cthd::grammar::Grammar::embedded().unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    for _ in 0..n {
        let s = cthd::pipeline::read("x", &bytes, &g).unwrap();
        let d = cthd::pipeline::parse(&s, &g);
        let a = cthd::pipeline::check(&s, &d, &g);
        std::hint::black_box((d, a));
    }
}
