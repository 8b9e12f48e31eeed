//! Names of the document that are also names of methods that the client relies
//! on: each reaches its own operation, in a mock as on the client.

use golden_method_names::mock::Mock;

#[test]
fn a_mock_reaches_operations_that_are_named_as_its_own_methods() {
    let mock = Mock::new();
    mock.operation().time_out();
    mock.into_().time_out();
    mock.default().operation().time_out();
    mock.inner().into().time_out();
    mock.inner().nested().clone_().nested_clone().time_out();
    assert_eq!((*mock).pending(), 5);
}

#[test]
fn every_name_is_the_operation_of_its_path() {
    let client = (*Mock::new()).client();
    for (request, path) in [
        (client.into_().build(), "/untagged/into"),
        (client.operation().build(), "/untagged/operation"),
        (client.default().operation().build(), "/tagged/default"),
        (client.inner().into().build(), "/inner/into"),
    ] {
        let request = request.map_err(|error| error.to_string());
        let uri = request.expect("a request").uri().to_string();
        assert!(uri.ends_with(path), "{uri}");
    }
}
