//! What `explain` says about each code: what it means, why it matters, and what
//! to do.

use super::Code;

impl Code {
    /// A few sentences on what the finding means, why it is reported, and what
    /// to do about it.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Syntax => {
                "The text cannot be read as JSON or YAML, so nothing can be said about its \
                 content. A document is read as JSON when it starts with `{` and is valid JSON, \
                 otherwise as YAML. A file holds one document, its lists and objects nest at most \
                 128 levels deep, and its aliases expand to a bounded number of values. \
                 Mend the text at the place shown; a wrong indentation or a missing quote often \
                 stands a line or two before it."
            }
            Self::DuplicateKey => {
                "An object has the same key twice. Readers disagree about which one counts: most \
                 take the last one in silence, some refuse the document. Here the last one counts. \
                 Remove one of the two, or give it the name it was meant to have; after a merge of \
                 two branches, both may be wanted."
            }
            Self::YamlTag => {
                "A YAML tag such as `!include` or `!Ref` asks the reader for something that \
                 OpenAPI does not define. The tag is left out and the value taken as it stands, \
                 which is rarely what was meant. Write the value out, or refer to it with `$ref`."
            }
            Self::UnsupportedVersion => {
                "The document says in `openapi` or `swagger` that it follows a version of the \
                 specification that is not supported, or it does not say which. Reading it by \
                 other rules would give a client that is wrong in places, so nothing is generated. \
                 Convert the document to OpenAPI 3, or correct the version when it is only \
                 misspelt."
            }
            Self::UnknownKey => {
                "OpenAPI does not define this key at this place, so it has no effect on the \
                 client. Often it is misspelt, stands one level too high or too low, or belongs to \
                 another version of OpenAPI. Correct it, or start it with `x-` when it is an \
                 extension of your own."
            }
            Self::MissingKey => {
                "OpenAPI requires a key that is missing. Where the client does not depend on it, \
                 this is a warning and a neutral value stands in; elsewhere it is an error, \
                 because any guess could be wrong on the wire. Add the key."
            }
            Self::WrongType => {
                "A value has another type than OpenAPI asks for at this place: a number where \
                 there should be a string, say. Where only one reading makes sense, the value is \
                 taken that way and this is a warning; elsewhere it is an error. Write the value \
                 with the right type; in YAML, quotes make a string of what would be read as a \
                 number, a boolean or null."
            }
            Self::InvalidValue => {
                "OpenAPI allows only certain values at this place, and this is none of them: a \
                 location of a parameter, a type of a schema or a status code, for instance. Write \
                 one of the allowed values, which the help lists."
            }
            Self::LostKey => {
                "A key of the document did not arrive in the typed form that the client is \
                 generated from, or arrived with another value. Nothing may be dropped in silence, \
                 so it is reported. The document is probably right and this is a gap of the \
                 generator: please report it. Until then, the key has no effect."
            }
            Self::UnresolvedReference => {
                "A `$ref` names something that does not exist: a misspelt name, a pointer that \
                 leads nowhere, or a file that may not be read. The help shows the nearest name. \
                 Correct the reference or add what it names. References reach the files below the \
                 folder that `--root` names, by default that of the document; never a file \
                 outside of it, and never the network: save what they need below that folder."
            }
            Self::CircularReference => {
                "A `$ref` leads back to itself without anything in between, so there is no value \
                 that it could stand for. Recursion through properties, items or map values is \
                 fine; a schema that is only a reference to itself is not. Break the circle."
            }
            Self::Unsupported => {
                "OpenAPI allows this and the generator cannot express it yet. Nothing is generated \
                 that would be wrong: an operation that needs it is an error. Describe it another \
                 way, or leave the operation out with a reason in `[skip]` of `client.toml`."
            }
            Self::NoEffect => {
                "OpenAPI allows the keyword here, but it has no effect on the generated client: \
                 `if` and `then` of a schema, for instance. It is reported because its author may \
                 rely on it. Remove it, or say it where it counts. Keys beside a `$ref`, which \
                 OpenAPI 3.0 ignores, are taken as in 3.1; wrap the reference to say so: \
                 `allOf: [{ $ref: … }]`."
            }
            Self::UndefinedStyle => {
                "OpenAPI does not say how the style of this parameter writes values of its schema: \
                 `deepObject` is for flat objects, `spaceDelimited` for lists that are not \
                 exploded, and no other style has lists inside lists. The client writes what most \
                 servers read: brackets go on (`name[key][]=a`, and `name[0][key]=a` for a list of \
                 objects), a value that stands alone is `name=a`, and elsewhere the inner list or \
                 object is JSON. Check that the API reads it so; a parameter with `content: \
                 {application/json: …}` leaves no doubt."
            }
            Self::Contradiction => {
                "The document says two things that cannot both be true, so no client can satisfy \
                 both. Decide for one of them."
            }
            Self::AmbiguousUnion => {
                "Two schemas of a `oneOf` or `anyOf` have the same properties of the same types, \
                 so that every value of one is a value of the other. The client takes the first; \
                 nothing of the value is lost, only which of the two the API meant. Add a \
                 `discriminator`, or a required property that has one value in each schema (`enum` \
                 with one entry, or `const`); formats such as `ipv4`, patterns and lengths are not \
                 compared."
            }
            Self::NameCollision => {
                "Two items of the document would get the same name in Rust, for example because \
                 their names differ only in case or punctuation. Each gets a name of its own that \
                 does not depend on the other items; pin the names you prefer in `[pins]` of \
                 `client.toml`."
            }
            Self::Configuration => {
                "The configuration (`client.toml`) is not valid: it is not TOML, has a key that \
                 does not exist or a value of the wrong type, names something that the document \
                 does not have, or puts a file of `[files]` where one is generated or where some \
                 system cannot have it. Correct the place shown."
            }
            Self::Overlay => {
                "An overlay document is not valid, or one of its actions does not apply. An action \
                 whose target matches nothing is an error, because the patch it carries would \
                 silently stop working when the patched document changes. Correct the target, or \
                 remove the action when it is no longer needed. An action whose target would take \
                 too long to look up, or that adds too many values, is an error as well: name \
                 fewer values with the target."
            }
            Self::ExampleMismatch => {
                "An example does not fit the schema that it illustrates, so one of the two is \
                 wrong. If the example shows what the API really sends, the schema is wrong and \
                 the client will fail to decode the response. Correct the one that is wrong."
            }
            Self::Internal => {
                "The generator wrote something that is no Rust. That is a bug of the generator, \
                 whatever the document says: please report it with the document, or the smallest \
                 part of it that still shows the problem. Nothing was written."
            }
        }
    }
}
