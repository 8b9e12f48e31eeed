//! Finds the places of the keys of `client.toml`, so that findings can point at
//! them.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::{Document, Origin, Places, Source};

/// Where the keys and the elements of lists are written.
#[derive(Clone, Debug, Default)]
pub struct ConfigPlaces {
    /// The text with the places in it; `None` for a configuration that was not
    /// read from one.
    document: Option<Document>,
    /// By the keys and indices that lead there.
    places: BTreeMap<Vec<String>, u32>,
}

impl ConfigPlaces {
    /// Reads the places of a text that is valid TOML.
    pub(super) fn read(path: &str, text: &str) -> Self {
        let mut document = Document::empty(path.to_owned(), text.into(), Source::CONFIGURATION);
        let mut places = BTreeMap::new();
        if let Ok(table) = DeTable::parse(text) {
            let mut walk = Walk {
                text,
                known: &mut document.places,
                places: &mut places,
                path: Vec::new(),
            };
            walk.table(table.get_ref(), 0);
        }
        Self {
            document: Some(document),
            places,
        }
    }

    /// The text that the places are in.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The place that `path` leads to, or the nearest one around it.
    pub(crate) fn origin(&self, path: &[&str]) -> Option<Origin> {
        self.document.as_ref()?;
        let mut path: Vec<String> = path.iter().map(|&step| step.to_owned()).collect();
        let place = loop {
            match self.places.get(&path) {
                Some(place) => break *place,
                None => path.pop()?,
            };
        };
        Some(Origin {
            document: Source::CONFIGURATION,
            place,
        })
    }
}

/// A walk through the text.
struct Walk<'a> {
    text: &'a str,
    known: &'a mut Places,
    places: &'a mut BTreeMap<Vec<String>, u32>,
    path: Vec<String>,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, parent: u32) {
        for (key, value) in table {
            let (_, step) = self.known.key(key.get_ref());
            let bytes = self.shown(key.span(), value);
            let place = self.known.add_at(parent, step, bytes);
            self.enter(key.get_ref().to_string(), place, value.get_ref());
        }
    }

    fn enter(&mut self, step: String, place: u32, value: &DeValue<'_>) {
        self.path.push(step);
        self.places.insert(self.path.clone(), place);
        match value {
            DeValue::Table(table) => self.table(table, place),
            DeValue::Array(array) => {
                for (index, element) in array.iter().enumerate() {
                    let step = Places::index(index);
                    let bytes = element.span();
                    let place = self.known.add_at(place, step, bytes);
                    self.enter(index.to_string(), place, element.get_ref());
                }
            }
            _ => {}
        }
        self.path.pop();
    }

    /// The key, and its value if that is on the same line.
    fn shown(&self, key: Range<usize>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
        let end = value.span().end;
        let both = key.start..end;
        let on_one_line = end > key.end
            && !matches!(value.get_ref(), DeValue::Table(_))
            && self
                .text
                .get(both.clone())
                .is_some_and(|text| !text.contains('\n'));
        if on_one_line { both } else { key }
    }
}
