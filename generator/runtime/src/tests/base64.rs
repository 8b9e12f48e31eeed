//! Base64 text.

use crate::runtime::Base64;

#[test]
fn rfc_4648_vectors_round_trip() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let json = format!("\"{text}\"");
        let decoded: Base64 = serde_json::from_str(&json).unwrap();
        assert_eq!(decoded.as_ref(), bytes.as_bytes());
        assert_eq!(serde_json::to_string(&decoded).unwrap(), json);
        assert_eq!(decoded.to_string(), text);
    }
}

#[test]
fn other_spellings_are_read_and_written_the_standard_way() {
    let expected = Base64::new([0xfb, 0xff]);
    for text in ["+/8=", "-_8=", "+/8", "-_8", "+/\n8=\r\n", "+/9="] {
        let decoded: Base64 = serde_json::from_value(text.into()).unwrap();
        assert_eq!(decoded, expected, "{text:?}");
    }
    assert_eq!(serde_json::to_value(&expected).unwrap(), "+/8=");
    assert_eq!(expected.into_bytes(), [0xfb, 0xff]);
}

#[test]
fn what_is_not_base64_is_an_error_without_the_text() {
    for text in ["a", "secret!!", "Zg=a"] {
        let error = serde_json::from_value::<Base64>(text.into())
            .unwrap_err()
            .to_string();
        assert_eq!(error, "invalid value: string, expected base64 text");
    }
    assert_eq!(
        format!("{:?}", Base64::from(vec![1, 2, 3])),
        "Base64(3 bytes)"
    );
}
