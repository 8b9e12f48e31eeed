//! The Rust types that texts with a format can stand for.

/// What a text stands for, as a type of Rust. Fields hold it as
/// `Formatted<…>`, which keeps texts of another form too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A point in time, of `jiff`.
    JiffTimestamp,
    /// A day, of `jiff`.
    JiffDate,
    /// A time of day, of `jiff`.
    JiffTime,
    /// A length of time, of `jiff`.
    JiffSpan,
    /// A point in time, of `chrono`.
    ChronoDateTime,
    /// A day, of `chrono`.
    ChronoDate,
    /// A time of day, of `chrono`.
    ChronoTime,
    /// A point in time, of `time`.
    TimeDateTime,
    /// A day, of `time`.
    TimeDate,
    /// A time of day, of `time`.
    TimeTime,
    /// A UUID.
    Uuid,
    /// An absolute URL.
    Url,
    /// Bytes as base64.
    Base64,
    /// Bytes as base64 of the URL-safe alphabet.
    Base64Url,
    /// A decimal number.
    Decimal,
    /// An `i32`.
    I32,
    /// An `i64`.
    I64,
    /// A `u32`.
    U32,
    /// A `u64`.
    U64,
    /// An `f32`.
    F32,
    /// An `f64`.
    F64,
    /// An IP address.
    Ip,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
}

impl Format {
    /// The path of the type. Those without `::` are of the language or of the
    /// runtime.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Format::JiffTimestamp => "jiff::Timestamp",
            Format::JiffDate => "jiff::civil::Date",
            Format::JiffTime => "jiff::civil::Time",
            Format::JiffSpan => "jiff::Span",
            Format::ChronoDateTime => "chrono::DateTime<chrono::Utc>",
            Format::ChronoDate => "chrono::NaiveDate",
            Format::ChronoTime => "chrono::NaiveTime",
            Format::TimeDateTime => "time::OffsetDateTime",
            Format::TimeDate => "time::Date",
            Format::TimeTime => "time::Time",
            Format::Uuid => "uuid::Uuid",
            Format::Url => "url::Url",
            Format::Base64 => "Base64",
            Format::Base64Url => "Base64Url",
            Format::Decimal => "rust_decimal::Decimal",
            Format::I32 => "i32",
            Format::I64 => "i64",
            Format::U32 => "u32",
            Format::U64 => "u64",
            Format::F32 => "f32",
            Format::F64 => "f64",
            Format::Ip => "std::net::IpAddr",
            Format::Ipv4 => "std::net::Ipv4Addr",
            Format::Ipv6 => "std::net::Ipv6Addr",
        }
    }

    /// The file of the runtime that reads and writes the text.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Format::JiffTimestamp | Format::JiffDate | Format::JiffTime | Format::JiffSpan => {
                "format_jiff.rs"
            }
            Format::ChronoDateTime | Format::ChronoDate | Format::ChronoTime => "format_chrono.rs",
            Format::TimeDateTime | Format::TimeDate | Format::TimeTime => "format_time.rs",
            Format::Uuid => "format_uuid.rs",
            Format::Url => "format_url.rs",
            Format::Base64 => "format_base64.rs",
            Format::Base64Url => "format_base64_url.rs",
            Format::Decimal => "format_decimal.rs",
            Format::I32 | Format::I64 | Format::U32 | Format::U64 | Format::F32 | Format::F64 => {
                "format_number.rs"
            }
            Format::Ip | Format::Ipv4 | Format::Ipv6 => "format_ip.rs",
        }
    }

    /// What a value is called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Format::JiffTimestamp | Format::ChronoDateTime | Format::TimeDateTime => "timestamp",
            Format::JiffDate | Format::ChronoDate | Format::TimeDate => "date",
            Format::JiffTime | Format::ChronoTime | Format::TimeTime => "time",
            Format::JiffSpan => "duration",
            Format::Uuid => "uuid",
            Format::Url => "url",
            Format::Base64 => "bytes",
            Format::Base64Url => "base64url",
            Format::Decimal | Format::F32 | Format::F64 => "number",
            Format::I32 | Format::I64 | Format::U32 | Format::U64 => "integer",
            Format::Ip => "address",
            Format::Ipv4 => "ipv4 address",
            Format::Ipv6 => "ipv6 address",
        }
    }

    /// A text of the format.
    #[must_use]
    pub fn sample(self) -> &'static str {
        match self {
            Format::JiffTimestamp | Format::ChronoDateTime | Format::TimeDateTime => {
                "2024-02-29T12:00:00Z"
            }
            Format::JiffDate | Format::ChronoDate | Format::TimeDate => "2024-02-29",
            Format::JiffTime | Format::ChronoTime | Format::TimeTime => "12:34:56",
            Format::JiffSpan => "PT1H30M",
            Format::Uuid => "00000000-0000-4000-8000-000000000000",
            Format::Url => "https://example.com/",
            Format::Base64 | Format::Base64Url => "AAEC",
            Format::Decimal | Format::F32 | Format::F64 => "1.5",
            Format::I32 | Format::I64 | Format::U32 | Format::U64 => "1",
            Format::Ip | Format::Ipv4 => "192.0.2.1",
            Format::Ipv6 => "2001:db8::1",
        }
    }
}
