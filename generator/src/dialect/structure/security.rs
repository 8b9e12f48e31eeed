//! The security scheme object and what is in it (OpenAPI 3.0, section 4.7.25).

use super::Absence::{EmptyObject, EmptyText};
use super::Shape::{self, Choice, Map, Prose, Text, Url};
use super::{Kind, Object, key, object, referable, required, special, wanted};

pub(super) static SECURITY_SCHEME: Object = referable(
    Kind::SecurityScheme,
    "a security scheme object",
    &[required(
        "type",
        Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
    )],
);

/// The security scheme objects by their `type`.
pub(in crate::dialect) static SECURITY_SCHEMES: &[(&str, Object)] = &[
    (
        "apiKey",
        special(
            Kind::SecurityScheme,
            "a security scheme object of type `apiKey`",
            &[
                key("type", Text),
                key("description", Prose),
                required("name", Text),
                required("in", Choice(&["query", "header", "cookie"])),
            ],
        ),
    ),
    (
        "http",
        special(
            Kind::SecurityScheme,
            "a security scheme object of type `http`",
            &[
                key("type", Text),
                key("description", Prose),
                required("scheme", Text),
                key("bearerFormat", Prose),
            ],
        ),
    ),
    (
        "oauth2",
        special(
            Kind::SecurityScheme,
            "a security scheme object of type `oauth2`",
            &[
                key("type", Text),
                key("description", Prose),
                wanted("flows", Shape::Object(&OAUTH_FLOWS), EmptyObject),
            ],
        ),
    ),
    (
        "openIdConnect",
        special(
            Kind::SecurityScheme,
            "a security scheme object of type `openIdConnect`",
            &[
                key("type", Text),
                key("description", Prose),
                wanted("openIdConnectUrl", Url, EmptyText),
            ],
        ),
    ),
];

static OAUTH_FLOWS: Object = object(
    "an OAuth flows object",
    &[
        key("implicit", Shape::Object(&IMPLICIT_FLOW)),
        key("password", Shape::Object(&TOKEN_FLOW)),
        key("clientCredentials", Shape::Object(&TOKEN_FLOW)),
        key("authorizationCode", Shape::Object(&AUTHORIZATION_CODE_FLOW)),
    ],
);

static IMPLICIT_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("authorizationUrl", Url, EmptyText),
        key("refreshUrl", Url),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);

static TOKEN_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("tokenUrl", Url, EmptyText),
        key("refreshUrl", Url),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);

static AUTHORIZATION_CODE_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("authorizationUrl", Url, EmptyText),
        wanted("tokenUrl", Url, EmptyText),
        key("refreshUrl", Url),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);
