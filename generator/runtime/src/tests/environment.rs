//! Credentials from variables.

use crate::runtime::*;

/// Looks up two pairs and one more in these variables.
fn found(variables: &[(&str, &str)]) -> Result<Vec<String>, String> {
    let variable = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let mut environment = Environment::new(&variable);
    let text = |error: BuildError| error.to_string();
    let pair = environment.all(["USER", "PASSWORD"]).map_err(text)?;
    let one = environment.all(["TOKEN"]).map_err(text)?;
    environment.finish().map_err(text)?;
    Ok(pair
        .into_iter()
        .flatten()
        .chain(one.into_iter().flatten())
        .collect())
}

#[test]
fn what_belongs_together_is_there_or_is_not() {
    let user = ("USER", "u");
    let password = ("PASSWORD", "canary");
    assert_eq!(found(&[user, password]).unwrap(), ["u", "canary"]);
    assert_eq!(found(&[("TOKEN", "t")]).unwrap(), ["t"]);
    assert_eq!(found(&[user, password, ("TOKEN", "t")]).unwrap().len(), 3);
    let error = found(&[password]).unwrap_err();
    assert_eq!(error, "the environment variable `USER` is not set");
    let error = found(&[user, ("PASSWORD", "")]).unwrap_err();
    assert_eq!(error, "the environment variable `PASSWORD` is not set");
    let error = found(&[("TOKEN", "")]).unwrap_err();
    assert_eq!(
        error,
        "none of the environment variables `USER`, `PASSWORD`, `TOKEN` is set"
    );
}
