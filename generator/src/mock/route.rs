//! Which operation a request is for: a method and a path in, the operation with
//! the texts of its path parameters out.

use super::document::{Document, Operation};
use crate::source::percent_decoded;

/// Path parameters, as they were sent.
pub(super) type Arguments = Vec<(String, String)>;

/// What a method and a path lead to.
#[derive(Debug)]
pub(super) enum Found<'d> {
    /// An operation, and its path parameters.
    Operation(&'d Operation, Arguments),
    /// A path that has only these methods.
    Methods(Vec<&'d str>),
    Nothing,
}

/// A path with parameters in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    segments: Vec<Vec<Piece>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Decoded.
    Text(String),
    /// The name of a parameter; empty for a variable of a server.
    Parameter(String),
}

/// A segment of a path, as it was sent and decoded.
struct Segment<'p> {
    text: &'p str,
    decoded: String,
}

impl Template {
    /// The template of a path behind the path of a server.
    pub(super) fn new(server: &str, path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or("");
        let mut segments: Vec<Vec<Piece>> = server
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| pieces(segment, false))
            .collect();
        let path = path.strip_prefix('/').unwrap_or(path);
        segments.extend(path.split('/').map(|segment| pieces(segment, true)));
        Self { segments }
    }

    /// The parameters of a path that fits.
    fn arguments(&self, path: &[Segment<'_>]) -> Option<Arguments> {
        if path.len() != self.segments.len() {
            return None;
        }
        let mut arguments = Vec::new();
        for (pieces, segment) in self.segments.iter().zip(path) {
            arguments.extend(segment_arguments(pieces, segment)?);
        }
        Some(arguments)
    }

    /// How concrete each segment is: of two templates that fit, the one that is
    /// more so further to the left is meant.
    fn rank(&self) -> Vec<usize> {
        let of_segment = |pieces: &Vec<Piece>| {
            let parameter = |piece: &&Piece| matches!(piece, Piece::Parameter(_));
            match pieces.iter().filter(parameter).count() {
                0 => 2,
                _ => usize::from(pieces.len() > 1),
            }
        };
        self.segments.iter().map(of_segment).collect()
    }
}

fn pieces(segment: &str, named: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, inside)) = rest.split_once('{') {
        let Some((name, after)) = inside.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(percent_decoded(before)));
        }
        let name = if named { name } else { "" };
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(percent_decoded(rest)));
    }
    pieces
}

/// Returns the parameters of one segment, or `None` if the segment does not match.
/// If it can be read in several ways, the first parameter takes as much text as
/// it can, then the second. Each literal is therefore searched from the end.
fn segment_arguments(pieces: &[Piece], segment: &Segment<'_>) -> Option<Arguments> {
    if let [Piece::Text(known)] = pieces {
        return (*known == segment.decoded).then(Vec::new);
    }
    // Each parameter with the text before it.
    let mut parameters: Vec<(&str, &str)> = Vec::new();
    let mut text = "";
    for piece in pieces {
        match piece {
            Piece::Text(known) => text = known,
            Piece::Parameter(name) => parameters.push((std::mem::take(&mut text), name)),
        }
    }
    let mut arguments = Vec::new();
    let mut rest = segment.text.strip_suffix(text)?;
    while let Some((before, name)) = parameters.pop() {
        let (last, _) = rest.char_indices().next_back()?;
        let at = match parameters.is_empty() {
            true => rest[..last].starts_with(before).then_some(0)?,
            false => rest[..last].rfind(before)?,
        };
        arguments.push((name.to_owned(), rest[at + before.len()..].to_owned()));
        rest = &rest[..at];
    }
    arguments.reverse();
    Some(arguments)
}

impl Document {
    /// What a method and a path, as it was sent, lead to.
    pub(super) fn find(&self, method: &str, path: &str) -> Found<'_> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments = path.split('/').map(|text| Segment {
            text,
            decoded: percent_decoded(text),
        });
        let segments: Vec<Segment<'_>> = segments.collect();
        let mut fitting: Vec<(Vec<usize>, &Operation, Arguments)> = Vec::new();
        for operation in &self.operations {
            let all = operation.templates.iter().filter_map(|template| {
                let arguments = template.arguments(&segments)?;
                Some((template.rank(), operation, arguments))
            });
            fitting.extend(all.max_by(|(one, ..), (other, ..)| one.cmp(other)));
        }
        let Some(best) = fitting.iter().map(|(rank, ..)| rank).max().cloned() else {
            return Found::Nothing;
        };
        fitting.retain(|(rank, ..)| *rank == best);
        let mut methods: Vec<&str> = Vec::new();
        for (_, operation, arguments) in fitting {
            if operation.method == method {
                return Found::Operation(operation, arguments);
            }
            if !methods.contains(&operation.method.as_str()) {
                methods.push(&operation.method);
            }
        }
        Found::Methods(methods)
    }
}
