//! What `explain` shows of each code: a part of a document that is reported, and the
//! same part as it should be.

use super::Code;

/// A part of a document in YAML, before and after.
#[derive(Clone, Copy, Debug)]
pub struct Correction {
    /// What is reported.
    pub wrong: &'static str,
    /// The same as it should be.
    pub right: &'static str,
}

impl Code {
    /// An example of a finding and of what to write in its place; `None` where it is not
    /// the document that is wrong.
    #[must_use]
    pub fn correction(self) -> Option<Correction> {
        let (wrong, right) = match self {
            Self::Syntax => (
                "\
components:
  schemas:
    Pet: {type: string
",
                "\
components:
  schemas:
    Pet: {type: string}
",
            ),
            Self::DuplicateKey => (
                "\
components:
  schemas:
    Pet: {type: string}
    Pet: {type: integer}
",
                "\
components:
  schemas:
    PetName: {type: string}
    PetAge: {type: integer}
",
            ),
            Self::YamlTag => (
                "\
components:
  schemas:
    Pet: !include pet.yaml
",
                "\
components:
  schemas:
    Pet: {type: string}
",
            ),
            Self::UnsupportedVersion => ("openapi: 30.1.0\n", "openapi: 3.1.0\n"),
            Self::UnknownKey => (
                "\
components:
  schemas:
    Pet:
      type: object
      propertis:
        name: {type: string}
",
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
",
            ),
            Self::MissingKey => (
                "\
components:
  parameters:
    Limit: {in: query, schema: {type: integer}}
",
                "\
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
",
            ),
            Self::WrongType => (
                "\
components:
  schemas:
    Name: {type: string, description: 12}
",
                "\
components:
  schemas:
    Name: {type: string, description: '12'}
",
            ),
            Self::InvalidValue => (
                "\
components:
  schemas:
    Name: {type: strnig}
",
                "\
components:
  schemas:
    Name: {type: string}
",
            ),
            Self::UnresolvedReference => (
                "\
components:
  schemas:
    Pet: {type: string}
    Pets: {type: array, items: {$ref: '#/components/schemas/Pte'}}
",
                "\
components:
  schemas:
    Pet: {type: string}
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
",
            ),
            Self::CircularReference => (
                "\
components:
  schemas:
    Pet: {$ref: '#/components/schemas/Animal'}
    Animal: {$ref: '#/components/schemas/Pet'}
",
                "\
components:
  schemas:
    Pet: {$ref: '#/components/schemas/Animal'}
    Animal:
      type: object
      properties:
        child: {$ref: '#/components/schemas/Pet'}
",
            ),
            Self::Unsupported => (
                "\
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody:
        content:
          text/plain; charset=koi8-r: {schema: {type: string}}
      responses: {'204': {description: Added.}}
",
                "\
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody:
        content:
          text/plain; charset=utf-8: {schema: {type: string}}
      responses: {'204': {description: Added.}}
",
            ),
            Self::NoEffect => (
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
      x-pagination: false
",
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
",
            ),
            Self::UndefinedStyle => (
                "\
paths:
  /pets:
    get:
      operationId: list_pets
      parameters:
        - name: filter
          in: query
          style: deepObject
          schema: {type: object, properties: {names: {type: array, items: {type: string}}}}
      responses: {'204': {description: None.}}
",
                "\
paths:
  /pets:
    get:
      operationId: list_pets
      parameters:
        - name: filter
          in: query
          content:
            application/json:
              schema: {type: object, properties: {names: {type: array, items: {type: string}}}}
      responses: {'204': {description: None.}}
",
            ),
            Self::Contradiction => (
                "\
components:
  schemas:
    Age: {type: integer, minimum: 10, maximum: 1}
",
                "\
components:
  schemas:
    Age: {type: integer, minimum: 1, maximum: 10}
",
            ),
            Self::AmbiguousUnion => (
                "\
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
    Dog: {type: object, properties: {name: {type: string}}}
    Pet:
      oneOf:
        - {$ref: '#/components/schemas/Cat'}
        - {$ref: '#/components/schemas/Dog'}
",
                "\
components:
  schemas:
    Cat:
      type: object
      required: [kind]
      properties: {kind: {type: string, enum: [cat]}, name: {type: string}}
    Dog:
      type: object
      required: [kind]
      properties: {kind: {type: string, enum: [dog]}, name: {type: string}}
    Pet:
      oneOf:
        - {$ref: '#/components/schemas/Cat'}
        - {$ref: '#/components/schemas/Dog'}
",
            ),
            Self::NameCollision => (
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        pet-name: {type: string}
        pet_name: {type: string}
",
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        pet-name: {type: string, x-rust-name: old_name}
        pet_name: {type: string}
",
            ),
            Self::ExampleMismatch => (
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        age: {type: integer}
      example: {age: '3'}
",
                "\
components:
  schemas:
    Pet:
      type: object
      properties:
        age: {type: integer}
      example: {age: 3}
",
            ),
            Self::LostKey | Self::Configuration | Self::Overlay | Self::Internal => return None,
        };
        Some(Correction { wrong, right })
    }
}
