//! The harness of `benches/speed` and its tables: what they say is measured is what is measured.

#[path = "../benches/speed/harness.rs"]
mod harness;
#[path = "../benches/speed/table.rs"]
mod table;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use harness::{Contender, Plan, Times, race};
use table::{Row, Table};

#[test]
fn a_ratio_is_the_median_of_the_ratios_of_single_rounds() {
    let (slow, fast) = (Times(vec![2.0, 40.0, 8.0, 2.0]), Times(vec![1.0, 10.0, 4.0, 2.0]));
    assert_eq!(slow.relative_to(&fast), 2.0);
    assert_eq!((slow.median(), fast.median()), (5.0, 3.0));
    assert_eq!(Times(vec![3.0, 1.0, 9.0]).median(), 3.0);
}

#[test]
fn contenders_take_turns_and_each_is_prepared_before_its_burst() {
    let log = RefCell::new(String::new());
    let contender = |name: char| {
        let note = |what: char| log.borrow_mut().push(what);
        Contender::new(
            move || note(name),
            move || {
                note('.');
                0.0
            },
        )
    };
    let (mut a, mut b) = (contender('a'), contender('b'));
    let plan = Plan { burst: Duration::ZERO, race: Duration::ZERO, rounds: 3 };
    let times = race(&mut [&mut a, &mut b], plan);
    assert_eq!(times.iter().map(|times| times.0.len()).collect::<Vec<_>>(), [3, 3]);
    // One call to find out how many make a burst, and then, in every round, one before and one in the burst.
    assert_eq!(*log.borrow(), "a.b.a..b..a..b..a..b..");
}

#[test]
fn a_burst_has_as_many_calls_as_fit_and_the_time_is_that_of_one() {
    let calls = Cell::new(0);
    let sleep = Duration::from_millis(2);
    let mut contender = Contender::new(
        || calls.set(0),
        || {
            calls.set(calls.get() + 1);
            std::thread::sleep(sleep);
            1.0
        },
    );
    assert_eq!(contender.call(), 1.0);
    let plan = Plan { burst: 10 * sleep, race: Duration::ZERO, rounds: 1 };
    let times = race(&mut [&mut contender], plan);
    assert!(times[0].median() >= sleep.as_secs_f64());
    // As many again before it.
    assert!((1..=11).contains(&(calls.get() / 2)) && calls.get() % 2 == 0, "{} calls", calls.get());
}

#[test]
fn a_table_compares_every_row_with_its_bound_and_with_those_that_have_a_column() {
    let row = |name: &str, seconds: [f64; 3], column| Row {
        name: name.to_owned(),
        flops: 3000.0,
        times: Times(seconds.into()),
        bound: Some(("FMA", Times(vec![1.5e-7, 1.5e-7, 3e-7]))),
        column,
    };
    let rows = vec![row("ours", [3e-7, 3e-7, 9e-7], None), row("theirs", [1.2e-6, 1.5e-6, 1.8e-6], Some("theirs"))];
    let shown = Table { title: "Task".to_owned(), rows }.to_string();
    let expected = "\
### Task

| | time | GFLOP/s | bound | of bound | × theirs |
|---|--:|--:|--:|--:|--:|
| ours | 300 ns | 10.0 | FMA 150 ns | 50 % | 4.00 |
| theirs | 1.50 µs | 2.0 | FMA 150 ns | 12 % | 1.00 |
";
    assert_eq!(shown, expected);
}
