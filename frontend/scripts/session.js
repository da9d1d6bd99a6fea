// Says five minutes before that the session is about to end. No polling: one timer, and other tabs tell when
// somebody was there.

const WARNING_MS = 5 * 60 * 1000;

export function bindSession() {
  const notice = document.querySelector("[data-session]");
  if (!notice) {
    return;
  }
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let timer = 0;
  const wait = (seconds) => {
    window.clearTimeout(timer);
    notice.hidden = true;
    timer = window.setTimeout(() => {
      notice.hidden = false;
    }, Math.max(0, seconds * 1000 - WARNING_MS));
  };
  const wasThere = (seconds) => {
    wait(seconds);
    if (tabs) {
      tabs.postMessage(seconds);
    }
  };
  if (tabs) {
    tabs.addEventListener("message", (event) => wait(event.data));
  }
  document.addEventListener("htmx:afterRequest", () => wasThere(Number(notice.dataset.session)));
  notice.querySelector("button").addEventListener("click", async () => {
    const response = await fetch(notice.dataset.sessionUrl, { headers: { Accept: "application/json" } });
    if (response.ok && !response.redirected) {
      wasThere((await response.json()).seconds);
    } else {
      // Already signed out: a page of its own for the sign-in, so that this one keeps what was typed.
      window.open(notice.dataset.sessionUrl.replace("session/", "sign-in/"), "_blank", "noopener");
    }
  });
  wasThere(Number(notice.dataset.session));
}
