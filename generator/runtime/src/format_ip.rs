//! Texts of IP addresses as types of `std::net`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::formatted::TextFormat;

macro_rules! addresses {
    ($($address:ty),*) => {
        $(impl TextFormat for $address {
            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn print(&self) -> String {
                self.to_string()
            }

            fn same(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

addresses!(IpAddr, Ipv4Addr, Ipv6Addr);
