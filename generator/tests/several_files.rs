//! What references may reach on a disk, and what becomes of those that reach
//! for more: the program is run in a folder with hostile things in it.

mod sandbox;

use std::fs;
use std::path::Path;

use sandbox::{Ran, Sandbox};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: 1.0.0}\nservers: [{url: 'https://pets.example'}]\n";

/// A document with one schema that refers to something.
fn with_reference(reference: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let document = format!(
        "{HEAD}paths: {{}}\ncomponents: {{schemas: {{Pet: {{type: object, properties: {{it: {{$ref: '{reference}'}}}}}}}}}}\n"
    );
    sandbox.write("spec/openapi.yaml", &document);
    sandbox
}

/// The run is refused at the reference, and nothing is written.
#[track_caller]
fn refused(sandbox: &Sandbox, arguments: &[&str], reason: &str) -> Ran {
    let ran = sandbox.run(arguments).assert(2);
    assert!(!sandbox.path("generated-client").exists(), "{ran:#?}");
    ran.says("error[unresolved-reference]: ").says(reason)
}

#[test]
fn files_beside_the_document_are_found_from_anywhere() {
    let sandbox = with_reference("schemas/Owner.json#/Owner");
    fs::create_dir(sandbox.path("spec/schemas")).expect("a folder");
    sandbox.write(
        "spec/schemas/Owner.json",
        r#"{"Owner": {"type": "object", "properties": {"name": {"type": "string"}}}}"#,
    );
    sandbox.run(&["generate"]).assert(0);
    let there = sandbox.read(&sandbox.file_about("pub struct Owner"));
    assert!(
        there.contains("from schemas/Owner.json#/Owner. Do not edit."),
        "{there}"
    );
    sandbox.run(&["check"]).assert(0);
    let elsewhere = [
        "check",
        "--spec",
        "openapi.yaml",
        "--out",
        "../generated-client",
    ];
    sandbox.run_in("spec", &elsewhere).assert(0);
    // A change of the other file is a change of the client.
    sandbox.edit("spec/schemas/Owner.json", "name", "nick");
    sandbox.run(&["check"]).assert(1).says("Owner");
}

#[test]
fn root_says_how_far_references_reach() {
    let sandbox = with_reference("../shared/owner.yaml");
    fs::create_dir(sandbox.path("shared")).expect("a folder");
    sandbox.write(
        "shared/owner.yaml",
        "{type: object, properties: {back: {$ref: ../spec/openapi.yaml#/components/schemas/Pet}}}",
    );
    let ran = refused(
        &sandbox,
        &["generate"],
        "leads to `../shared/owner.yaml` from the root",
    );
    ran.says("--root");
    sandbox.run(&["generate", "--root", "."]).assert(0);
    let client = sandbox.read(&sandbox.file_about("pub struct Owner"));
    assert!(
        client.contains("super::Pet") || client.contains("Pet"),
        "{client}"
    );
}

#[test]
fn a_way_out_and_in_again_stays_inside() {
    let sandbox = with_reference("../spec/x.yaml");
    sandbox.write(
        "spec/x.yaml",
        "{type: object, properties: {it: {$ref: ../spec/openapi.yaml#/components/schemas/Pet}}}",
    );
    sandbox.run(&["generate"]).assert(0);
}

#[test]
fn what_is_outside_is_refused() {
    for reference in [
        "/etc/passwd",
        "../../../../../../../../etc/passwd",
        "file:///etc/passwd",
        "http://example.com/x.yaml",
    ] {
        let sandbox = with_reference(reference);
        refused(&sandbox, &["generate"], reference).says("--root");
    }
    // Whether it exists is nobody's business.
    refused(&with_reference("../no.yaml"), &["generate"], "outside");
}

#[test]
fn folders_are_no_documents() {
    let sandbox = with_reference("schemas.yaml");
    fs::create_dir(sandbox.path("spec/schemas.yaml")).expect("a folder");
    refused(&sandbox, &["generate"], "names a folder, not a file");
    let by_its_name = "not JSON or YAML by its name";
    refused(&with_reference("."), &["generate"], by_its_name);
}

#[test]
fn bytes_are_no_documents() {
    let sandbox = with_reference("x.yaml");
    fs::write(
        sandbox.path("spec/x.yaml"),
        [0x7f, b'E', b'L', b'F', 0, 0xff, 0xfe],
    )
    .expect("a file");
    refused(&sandbox, &["generate"], "names a file that is no text");
}

/// The file takes no place on the disk.
#[test]
fn too_much_is_not_read() {
    let sandbox = with_reference("x.yaml");
    let file = fs::File::create(sandbox.path("spec/x.yaml")).expect("a file");
    file.set_len(300 << 20).expect("a length");
    refused(&sandbox, &["generate"], "too much has been read").says("256 MB");
}

#[test]
fn the_folder_of_the_client_is_not_one_that_is_read() {
    let sandbox = with_reference("owner.yaml");
    sandbox.write("spec/owner.yaml", "type: string");
    // The folder of the client must not hold what it is made from.
    let into = ["generate", "--out", "spec"];
    sandbox.run(&into).assert(2);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_to_the_outside_is_outside() {
        let sandbox = with_reference("x.yaml");
        sandbox.write("secret.yaml", "type: string");
        symlink(sandbox.path("secret.yaml"), sandbox.path("spec/x.yaml")).expect("a link");
        refused(
            &sandbox,
            &["generate"],
            "leads to `../secret.yaml` from the root",
        );
        let sandbox = with_reference("folder/secret.yaml");
        fs::create_dir(sandbox.path("outside")).expect("a folder");
        sandbox.write("outside/secret.yaml", "type: string");
        symlink(sandbox.path("outside"), sandbox.path("spec/folder")).expect("a link");
        refused(
            &sandbox,
            &["generate"],
            "leads to `../outside/secret.yaml` from the root",
        );
    }

    #[test]
    fn a_link_is_what_it_leads_to() {
        let sandbox = with_reference("x.yaml");
        sandbox.write("spec/.env", "a: SECRET");
        symlink(Path::new(".env"), sandbox.path("spec/x.yaml")).expect("a link");
        let ran = refused(&sandbox, &["generate"], "leads to `.env`, which is hidden");
        assert!(!format!("{ran:?}").contains("SECRET"));
        fs::remove_file(sandbox.path("spec/x.yaml")).expect("a link");
        sandbox.write("spec/key.pem", "SECRET");
        symlink(Path::new("key.pem"), sandbox.path("spec/x.yaml")).expect("a link");
        let ran = refused(
            &sandbox,
            &["generate"],
            "leads to `key.pem`, which is not JSON",
        );
        assert!(!format!("{ran:?}").contains("SECRET"));
    }

    #[test]
    fn a_link_to_the_inside_is_the_same_file() {
        let sandbox = with_reference("x.yaml#/components/schemas/Pet");
        symlink(Path::new("openapi.yaml"), sandbox.path("spec/x.yaml")).expect("a link");
        sandbox.run(&["generate"]).assert(0);
    }

    #[test]
    fn links_in_a_circle_lead_nowhere() {
        let sandbox = with_reference("x.yaml");
        symlink(Path::new("x.yaml"), sandbox.path("spec/x.yaml")).expect("a link");
        refused(&sandbox, &["generate"], "names a file that");
    }

    /// Opening it would wait for somebody to write.
    #[test]
    fn a_socket_is_no_file() {
        let sandbox = with_reference("x.yaml");
        let _socket =
            std::os::unix::net::UnixListener::bind(sandbox.path("spec/x.yaml")).expect("a socket");
        refused(
            &sandbox,
            &["generate"],
            "names a pipe or a device, not a file",
        );
    }
}

#[test]
fn a_thousand_files_are_one_document() {
    let sandbox = with_reference("all.yaml");
    let mut all = String::from("type: object\nproperties:\n");
    for index in 0..1000 {
        all.push_str(&format!("  p{index}: {{$ref: {index}.yaml}}\n"));
        let text = "{type: array, items: {$ref: openapi.yaml#/components/schemas/Pet}}";
        sandbox.write(&format!("spec/{index}.yaml"), text);
    }
    sandbox.write("spec/all.yaml", &all);
    let ran = sandbox.run(&["generate", "--dump-spec"]).assert(0);
    assert!(
        ran.stdout.contains("#/components/schemas/999"),
        "{}",
        ran.stderr
    );
}
