//! The page's side of the service worker, which keeps a copy of the program in this browser: with it the console starts
//! without a network, and a newer version waits until somebody wants it.
//!
//! The worker itself is `www/service_worker.js`, written by hand.
//! It keeps files of the program and nothing else, so that nothing here ever touches data.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{Date, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::cause::Cause;
use crate::document::{EventSubscription, reload};
use crate::trusted_types::{SERVICE_WORKER_FILE, WorkerUrl, WorkerUrlError};
use crate::worker::field;

/// What the worker is asked: to say whether its copy is whole, and to mend it if it can.
const IS_WHOLE: &str = "is the copy whole";

/// What the worker is told: that its version shall run from now on.
const TAKE_OVER: &str = "take over";

/// How long a page stays open, in milliseconds, before it looks for a newer version again. Loading it looks as well.
const LOOKS_EVERY: f64 = 3_600_000.0;

#[wasm_bindgen]
extern "C" {
    /// `register` as `web-sys` has it takes text only, which Trusted Types refuse.
    type TrustedContainer;

    #[wasm_bindgen(catch, method)]
    fn register(this: &TrustedContainer, url: &JsValue) -> Result<Promise, JsValue>;
}

/// Whether this browser keeps a copy of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramCopy {
    /// It is not known yet, or the copy is being fetched.
    Pending,
    /// All of it is kept: the console starts without a network.
    Kept,
    /// It is not: the console needs the network to start.
    Absent {
        /// Why.
        cause: String,
    },
}

/// Whether there is a newer version of the program than the one that runs in this tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpdateState {
    /// None is known.
    None,
    /// It is here as a whole and waits to be started.
    Ready,
    /// Another tab started it; this one still runs the version before.
    TakenOver,
    /// It could not be fetched as a whole, and is not used.
    Failed {
        /// Why.
        cause: String,
    },
}

/// Something that a [`ProgramKeeper`] has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgramNotice {
    /// How the copy stands.
    Copy(ProgramCopy),
    /// How the newer version stands.
    Update(UpdateState),
}

/// Why this browser keeps no copy of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgramCopyError {
    /// Browsers keep programs only where nobody on the way could have changed them.
    #[error("the page was not served over https, nor from this machine")]
    Insecure,
    /// There is nothing that could keep it.
    #[error("this browser offers no service workers here, as in some private windows")]
    Missing,
    /// The worker's address is not to be had.
    #[error(transparent)]
    Url(#[from] WorkerUrlError),
    /// The browser refused the worker.
    #[error("the browser refused ({cause})")]
    Refused {
        /// The browser's reason.
        cause: String,
    },
}

/// Has the program kept, and says how that stands, until it is dropped.
pub struct ProgramKeeper {
    shared: Rc<Shared>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

struct Shared {
    container: ServiceWorkerContainer,
    registration: OnceCell<ServiceWorkerRegistration>,
    heard: Box<dyn Fn(ProgramNotice)>,
    listeners: RefCell<Vec<EventSubscription>>,
    /// The newest worker's way from being fetched to answering.
    followed: RefCell<Option<EventSubscription>>,
    /// Why the first copy could not be fetched.
    failure: RefCell<Option<String>>,
    /// Whether a worker answers for this page.
    is_controlled: Cell<bool>,
    /// Whether the newer version shall start in this tab.
    is_wanted: Cell<bool>,
    /// When a newer version was looked for last.
    looked_at: Cell<f64>,
}

impl ProgramKeeper {
    /// Registers the worker that lies beside the page, and hands what there is to say to `heard`.
    ///
    /// The worker fetches every file of the page once more, so this is for a page that has everything it needs.
    ///
    /// # Errors
    ///
    /// [`ProgramCopyError`] when the browser offers no service workers or refuses this one.
    pub async fn register(heard: Box<dyn Fn(ProgramNotice)>) -> Result<Self, ProgramCopyError> {
        let container = container()?;
        let url = WorkerUrl::of_page(SERVICE_WORKER_FILE)?;
        // Whoever listens only to a worker that is there misses what it says on its way.
        let keeper = Self::listening(container, heard);
        let asked = keeper.shared.container.unchecked_ref::<TrustedContainer>().register(url.as_js());
        let registered = JsFuture::from(asked.map_err(|thrown| refused(&thrown))?).await;
        let registered = registered.map_err(|thrown| refused(&thrown))?;
        let registration: ServiceWorkerRegistration = registered
            .dyn_into()
            .map_err(|_| ProgramCopyError::Refused { cause: "it registered nothing".to_owned() })?;
        keeper.shared.begin(registration);
        Ok(keeper)
    }

    /// Starts the newer version in this tab. The page is loaded again, so whatever is only on it is gone.
    ///
    /// Other tabs go on with the version that they run, and are told.
    pub fn restart(&self) {
        self.shared.is_wanted.set(true);
        let waiting = self.shared.registration.get().and_then(|registration| registration.waiting());
        // Nothing waits any more where another tab was faster.
        if waiting.is_none_or(|worker| worker.post_message(&JsValue::from_str(TAKE_OVER)).is_err()) {
            reload();
        }
    }

    fn listening(container: ServiceWorkerContainer, heard: Box<dyn Fn(ProgramNotice)>) -> Self {
        let is_controlled = Cell::new(container.controller().is_some());
        let shared = Rc::new(Shared {
            container,
            registration: OnceCell::new(),
            heard,
            listeners: RefCell::default(),
            followed: RefCell::default(),
            failure: RefCell::default(),
            is_controlled,
            is_wanted: Cell::new(false),
            looked_at: Cell::new(Date::now()),
        });
        let on_message: Closure<dyn FnMut(MessageEvent)> = {
            let shared = Rc::downgrade(&shared);
            Closure::new(move |event: MessageEvent| {
                if let Some(shared) = shared.upgrade() {
                    shared.hear(&event.data());
                }
            })
        };
        shared.container.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        shared.listen_to_workers();
        Self { shared, _on_message: on_message }
    }
}

impl Drop for ProgramKeeper {
    fn drop(&mut self) {
        self.shared.container.set_onmessage(None);
    }
}

impl Shared {
    /// A listener that does nothing once the keeper is gone.
    fn listener(self: &Rc<Self>, act: fn(&Rc<Self>)) -> Box<dyn Fn()> {
        let shared = Rc::downgrade(self);
        Box::new(move || {
            if let Some(shared) = shared.upgrade() {
                act(&shared);
            }
        })
    }

    fn listen_to_workers(self: &Rc<Self>) {
        let changed = self.listener(|shared| shared.change_worker());
        let mut listeners = self.listeners.borrow_mut();
        listeners.push(EventSubscription::on(self.container.clone().into(), &["controllerchange"], changed));
        // Somebody who comes back to a page that was open for days.
        let back = self.listener(|shared| shared.look_for_newer());
        listeners.extend(EventSubscription::on_window(&["focus", "online"], back));
    }

    fn begin(self: &Rc<Self>, registration: ServiceWorkerRegistration) {
        let found = self.listener(Self::follow_newest);
        let subscription = EventSubscription::on(registration.clone().into(), &["updatefound"], found);
        self.listeners.borrow_mut().push(subscription);
        if self.registration.set(registration).is_ok() {
            self.follow_newest();
        }
    }

    /// Watches the newest worker until it answers or fails, and says how things stand.
    fn follow_newest(self: &Rc<Self>) {
        if let Some(newest) = self.registration.get().and_then(newest) {
            let changed = self.listener(|shared| shared.tell());
            let subscription = EventSubscription::on(newest.into(), &["statechange"], changed);
            self.followed.replace(Some(subscription));
        }
        self.tell();
    }

    /// Says how things stand. Whether the copy is whole is the worker's to say.
    fn tell(&self) {
        let Some(registration) = self.registration.get() else { return };
        match registration.active() {
            Some(active) if active.state() == ServiceWorkerState::Activated => self.ask_whether_whole(&active),
            None if newest(registration).is_none() => self.say_absent(),
            Some(_) | None => {}
        }
        // The first worker waits for a moment, too, but for nobody.
        if registration.active().is_some() && registration.waiting().is_some() {
            (self.heard)(ProgramNotice::Update(UpdateState::Ready));
        }
    }

    fn ask_whether_whole(&self, active: &ServiceWorker) {
        if let Err(thrown) = active.post_message(&JsValue::from_str(IS_WHOLE)) {
            let cause = Cause::of(&thrown).to_string();
            (self.heard)(ProgramNotice::Copy(ProgramCopy::Absent { cause }));
        }
    }

    /// A worker that cannot be installed goes without a word of the browser, but says why itself.
    fn say_absent(&self) {
        let failure = self.failure.borrow().clone();
        let cause = failure.unwrap_or_else(|| "it could not be fetched as a whole".to_owned());
        (self.heard)(ProgramNotice::Copy(ProgramCopy::Absent { cause }));
    }

    /// What a worker says.
    fn hear(&self, said: &JsValue) {
        let cause = field(said, "cause").as_string().unwrap_or_default();
        match field(said, "says").as_string().as_deref() {
            Some("kept") => (self.heard)(ProgramNotice::Copy(ProgramCopy::Kept)),
            Some("missing") => (self.heard)(ProgramNotice::Copy(ProgramCopy::Absent { cause })),
            Some("failed") => self.hear_failure(cause),
            _ => {}
        }
    }

    /// A version could not be fetched: the first one, or one that is newer than what is kept.
    fn hear_failure(&self, cause: String) {
        if self.registration.get().is_some_and(|registration| registration.active().is_some()) {
            (self.heard)(ProgramNotice::Update(UpdateState::Failed { cause }));
        } else {
            self.failure.replace(Some(cause));
            self.say_absent();
        }
    }

    /// Another worker answers for this page from now on.
    fn change_worker(&self) {
        if self.is_wanted.get() {
            reload();
        } else if self.is_controlled.replace(true) {
            // The first worker takes an open page over as well, but is of its own version.
            (self.heard)(ProgramNotice::Update(UpdateState::TakenOver));
        }
    }

    fn look_for_newer(&self) {
        let now = Date::now();
        if now - self.looked_at.get() < LOOKS_EVERY {
            return;
        }
        self.looked_at.set(now);
        if let Some(Ok(asked)) = self.registration.get().map(|registration| registration.update()) {
            // Without a network there is nothing to be found, and the next look is not far.
            spawn_local(async move { drop(JsFuture::from(asked).await) });
        }
    }
}

/// The worker that was found last.
fn newest(registration: &ServiceWorkerRegistration) -> Option<ServiceWorker> {
    registration.installing().or_else(|| registration.waiting()).or_else(|| registration.active())
}

fn container() -> Result<ServiceWorkerContainer, ProgramCopyError> {
    let window = web_sys::window().ok_or(ProgramCopyError::Missing)?;
    if !window.is_secure_context() {
        return Err(ProgramCopyError::Insecure);
    }
    // The getter of `web-sys` takes for granted that there is one.
    let found = Reflect::get(&window.navigator(), &JsValue::from_str("serviceWorker"));
    found.unwrap_or(JsValue::UNDEFINED).dyn_into().map_err(|_| ProgramCopyError::Missing)
}

fn refused(thrown: &JsValue) -> ProgramCopyError {
    ProgramCopyError::Refused { cause: Cause::of(thrown).to_string() }
}
