//! The address of a PostgreSQL database, and what it asks of encryption: `sslmode` and `sslrootcert`, as PostgreSQL's own
//! programs take them (PostgreSQL 17 manual, 32.1.2 and 32.19). What they cannot have here is refused, never passed over.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::StoreError;

/// What an address asks of encryption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// None: the server is on this machine, in the office's own network, or behind a tunnel.
    None,
    /// All of it, with a certificate that is checked: who issued it, and whether it is the server's.
    Checked,
}

/// An address taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// What is left for the client.
    pub(super) url: String,
    pub(super) encryption: Encryption,
    /// The file with the certificates that are trusted; those of the system where none is named.
    pub(super) roots: Option<PathBuf>,
}

impl Address {
    /// Takes an address apart.
    ///
    /// # Errors
    /// A mode that protects less than it seems to, or that there is not.
    pub(super) fn parse(address: &str) -> Result<Self, StoreError> {
        let (url, query) = address.split_once('?').unwrap_or((address, ""));
        let mut out = Self { url: url.to_owned(), encryption: Encryption::None, roots: None };
        let mut rest: Vec<&str> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy();
            match name {
                "sslmode" => {
                    out.encryption = match &*value {
                        "disable" => Encryption::None,
                        "require" | "verify-full" => Encryption::Checked,
                        // "prefer" and "allow" go on without encryption where somebody on the way says that there is none;
                        // "verify-ca" takes the certificate of any other server.
                        other => return Err(StoreError::Encryption(other.to_owned())),
                    }
                }
                "sslrootcert" => out.roots = Some(PathBuf::from(value.into_owned())),
                _ => rest.push(pair),
            }
        }
        if !rest.is_empty() {
            out.url = format!("{url}?{}", rest.join("&"));
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where its premise fails")]

    use super::*;

    #[test]
    fn what_is_asked_of_encryption_is_taken_out_of_the_address() {
        let parsed = Address::parse(
            "postgres://a@h/d?sslmode=require&connect_timeout=3&sslrootcert=%2Fetc%2Fca%20x.pem",
        );
        let wanted = Address {
            url: "postgres://a@h/d?connect_timeout=3".to_owned(),
            encryption: Encryption::Checked,
            roots: Some(PathBuf::from("/etc/ca x.pem")),
        };
        assert_eq!(parsed.unwrap(), wanted);
        let plain = Address::parse("postgres://a@h/d").unwrap();
        assert_eq!((plain.encryption, plain.url.as_str()), (Encryption::None, "postgres://a@h/d"));
        assert_eq!(Address::parse("postgres://a@h/d?sslmode=disable").unwrap(), plain);
    }

    #[test]
    fn modes_that_protect_less_than_they_seem_to_are_refused() {
        for mode in ["prefer", "allow", "verify-ca", "", "Require"] {
            let refused = Address::parse(&format!("postgres://a@h/d?sslmode={mode}"));
            assert!(matches!(refused, Err(StoreError::Encryption(found)) if found == mode), "{mode}");
        }
    }
}
