//! allOf: one type with the properties of all parts.

mod canned;

use canned::{answered_json, block_on, body, client, encode, refuse, round_trip, sent, target};
use golden_all_of as api;
use golden_all_of::types::{
    Employee, Grade, Manager, NewEmployee, NewEmployeeDesk, NewEmployeeRequired, Person, Renamed,
};
use serde_json::json;

const EMPLOYEE: &str = r#"{"id": "p-1", "name": "Ada", "salary": 1}"#;

#[test]
fn the_properties_of_all_parts_are_one_object() {
    let manager: Manager = round_trip(
        r#"{"id": "p-1", "name": "Ada", "salary": 1, "grade": "senior", "reports": [{"name": "B"}],
            "manager": {"name": "Grace"}, "mentor": null}"#,
    );
    assert_eq!(manager.reports, [Person::new("B")]);
    assert_eq!(manager.mentor, Some(None));
}

#[test]
fn one_part_may_require_what_another_declares() {
    round_trip::<Person>(r#"{"name": "Ada"}"#);
    round_trip::<Employee>(EMPLOYEE);
    refuse::<Employee>(r#"{"name": "Ada", "salary": 1}"#);
    refuse::<Employee>(r#"{"id": "p-1", "name": "Ada"}"#);
    refuse::<Manager>(EMPLOYEE);
}

#[test]
fn a_reference_in_a_wrap_of_its_own_is_that_type() {
    let employee: Employee = round_trip(EMPLOYEE);
    assert_eq!(employee.grade, None);
    assert_eq!(employee.grade_or_default(), Grade::Junior);
    let employee: Renamed = employee.grade(Grade::Senior).mentor(Person::new("Grace"));
    assert_eq!(employee.grade_or_default(), Grade::Senior);
    assert_eq!(encode(&employee)["mentor"], json!({"name": "Grace"}));
}

#[test]
fn inline_parts_are_merged_too() {
    let new = NewEmployee::new(NewEmployeeRequired {
        name: "Ada".to_owned(),
        salary: 1,
    });
    let new = new.desk(NewEmployeeDesk::new().floor(2).room("b"));
    let request = sent(client().put_person("p-1", new));
    assert_eq!(target(&request), "/people/p-1");
    assert_eq!(
        body(&request),
        json!({"name": "Ada", "salary": 1, "desk": {"floor": 2, "room": "b"}})
    );
}

#[test]
fn an_answer_may_be_merged_in_place() {
    let client = answered_json(
        200,
        r#"{"id": "p-1", "name": "Ada", "salary": 1, "links": ["/people/p-2"]}"#,
    );
    let person = block_on(client.get_person("p-1").send()).expect("a person");
    assert_eq!(person.links, ["/people/p-2"]);
    assert_eq!(person.salary, 1);
}
