//! Finds single values in a JSON text: bytes and places in, the texts of the
//! values there out. Nothing else of the text is kept, and reading stops as soon
//! as all are found.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value that is looked for.
struct Wanted {
    /// The names and indices on the way to it.
    steps: Vec<String>,
    /// How many of them have been taken.
    taken: usize,
    found: Option<String>,
}

impl Wanted {
    /// A place is the name of a property, or a JSON pointer (RFC 6901).
    fn at(place: &str) -> Self {
        let unescape = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let steps = match place.strip_prefix('/') {
            Some(pointer) => pointer.split('/').map(unescape).collect(),
            None => vec![place.to_owned()],
        };
        Self {
            steps,
            taken: 0,
            found: None,
        }
    }
}

/// The texts and numbers at these places, each `None` where there is none. The
/// text may end too early, or stop being JSON, after the last of them.
pub(crate) fn scalars_at<const N: usize>(
    json: &[u8],
    places: [Option<&str>; N],
) -> [Option<String>; N] {
    let mut wanted: Vec<Wanted> = places.into_iter().flatten().map(Wanted::at).collect();
    if !wanted.is_empty() {
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        let search = Search {
            wanted: &mut wanted,
            depth: 0,
        };
        // That it stops early is no failure.
        let _stopped = search.deserialize(&mut serde_json::Deserializer::from_slice(json));
    }
    let mut wanted = wanted.into_iter();
    places.map(|place| place.and_then(|_| wanted.next()?.found))
}

/// Reads a value that so many steps lead to, looking for those values whose
/// steps so far have all been taken.
struct Search<'a> {
    wanted: &'a mut [Wanted],
    depth: usize,
}

impl Search<'_> {
    /// Takes this step wherever it is the next one. Whether there is anywhere.
    fn take(&mut self, step: &str) -> bool {
        let mut is_taken = false;
        for wanted in &mut *self.wanted {
            let is_next = wanted
                .steps
                .get(self.depth)
                .is_some_and(|next| next == step);
            if wanted.taken == self.depth && wanted.found.is_none() && is_next {
                wanted.taken += 1;
                is_taken = true;
            }
        }
        is_taken
    }

    fn inside(&mut self) -> Search<'_> {
        Search {
            wanted: self.wanted,
            depth: self.depth + 1,
        }
    }

    /// Goes back to before the step, and stops if there is nothing left to find.
    fn go_back<E: Error>(&mut self) -> Result<(), E> {
        for wanted in &mut *self.wanted {
            wanted.taken = wanted.taken.min(self.depth);
        }
        match self.wanted.iter().all(|wanted| wanted.found.is_some()) {
            true => Err(E::custom("everything is found")),
            false => Ok(()),
        }
    }

    /// This is the value, where all steps have been taken.
    fn find(self, text: &str) {
        for wanted in self.wanted {
            if wanted.taken == self.depth && wanted.steps.len() == self.depth {
                wanted.found.get_or_insert_with(|| text.to_owned());
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.find(text);
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.find(&number.to_string());
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.find(&number.to_string());
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        if let Some(number) = serde_json::Number::from_f64(number) {
            self.find(&number.to_string());
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if self.take(&name) {
                map.next_value_seed(self.inside())?;
                self.go_back()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            let is_last = if self.take(&index.to_string()) {
                let item = items.next_element_seed(self.inside())?;
                self.go_back()?;
                item.is_none()
            } else {
                items.next_element::<IgnoredAny>()?.is_none()
            };
            if is_last {
                break;
            }
        }
        Ok(())
    }
}
