// What a page can do better with a script: show at once what has happened, send a form once, guess the phone's network.
// Everything works without it.
"use strict";
(() => {
  const main = () => document.querySelector("main");
  const pause = seconds => new Promise(wake => setTimeout(wake, seconds * 1000));
  const seen = () => document.hidden
    ? new Promise(wake => document.addEventListener("visibilitychange", wake, { once: true }))
    : Promise.resolve();
  let ending;

  // Puts the page as it is now in the place of the one that is shown.
  const renew = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [before, next] = [main(), fresh.querySelector("main")];
    if (next.dataset.success && before.dataset.waits !== undefined) {
      location.replace(next.dataset.success);
      return;
    }
    const hadFocus = before.contains(document.activeElement);
    before.replaceWith(next);
    document.title = fresh.title;
    if (next.dataset.news !== before.dataset.news) document.getElementById("news").textContent = next.dataset.news;
    if (hadFocus) focus(next.querySelector("[data-focus]") ?? next.querySelector("h1"));
    begin();
  };

  const focus = element => {
    element.tabIndex = -1;
    element.focus();
  };

  // Asks whether something has happened; the server answers a question that waits when something has.
  const ask = async waits => {
    const { source, tag } = main().dataset;
    const answer = await fetch(`${source}${waits ? "?waitSeconds=25" : ""}`,
      { cache: "no-store", headers: { "If-None-Match": tag } });
    if (answer.status === 304) return;
    if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status}`);
    await renew();
  };

  const watch = async () => {
    const watched = main();
    let failures = 0;
    while (watched === main()) {
      await seen();
      try {
        await ask(true);
        failures = 0;
      } catch {
        await pause(Math.min(30, 2 ** ++failures));
      }
    }
  };

  const look = () => ask(false).catch(() => { });

  const begin = () => {
    const { waits, seconds } = main().dataset;
    clearTimeout(ending);
    // A timer takes 24 days at most.
    if (seconds < 2000000) ending = setTimeout(() => renew().catch(() => { }), seconds * 1000 + 500);
    if (waits !== undefined) watch();
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && main().dataset.tag && main().dataset.waits === undefined) look();
  });

  // The page that the back button shows may be an old one.
  addEventListener("pageshow", event => {
    if (event.persisted) renew().catch(() => location.reload());
  });

  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    const button = event.submitter ?? form.querySelector("button");
    const usual = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.sending;
    // The network may have lost it; the server rings one phone at a time.
    setTimeout(() => {
      delete form.dataset.sent;
      button.removeAttribute("aria-disabled");
      button.textContent = usual;
    }, 30000);
    document.getElementById("news").textContent = form.dataset.sending;
  });

  document.addEventListener("input", event => {
    const guess = document.getElementById("network-guess");
    if (!guess || event.target.id !== "phone") return;
    const digits = event.target.value.replace(/\D/g, "").replace(/^(00)?255/, "").replace(/^0/, "");
    const option = [...document.querySelectorAll("#network option[data-given]")]
      .find(one => one.dataset.given.split(" ").includes(digits.slice(0, 2)));
    const text = option ? guess.dataset.guess.replace("{0}", option.textContent) : "";
    if (guess.textContent !== text) guess.textContent = text;
  });

  // Who comes back from a card's page goes on to the shop, also where the payment was faster.
  const { success } = main().dataset;
  if (success && new URLSearchParams(location.search).has("fromCard")) location.replace(success);

  const first = document.querySelector("[data-focus]");
  if (first) focus(first);
  if (main().dataset.tag) begin();
})();
