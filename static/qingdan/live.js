// The open page hears of news. The socket carries only a number, "your inbox ends at
// N"; what is new is fetched from the database after the last number the page has, so
// a lost hint, a lost connection or a doubled message can neither lose nor double news.
"use strict";

(() => {
  const body = document.body;
  const HELLO_EVERY = 25000; // also finds hints that were lost on their way
  const ANSWER_WITHIN = 8000; // no answer to hello: the connection is dead
  const POLL_EVERY = 15000; // while there is no connection
  const SLOWEST = 30000;
  const AT_ONCE = 3; // more missed news than this is told in one toast

  const address = new URL("/ws/inbox/", location.href.replace(/^http/, "ws"));
  const title = document.title;
  let last = Number(body.dataset.head);
  let socket = null;
  let attempt = 0;
  let stopped = false;
  let fetching = null;
  let again = false;
  const clocks = {};

  function clock(name, act, delay) {
    clearTimeout(clocks[name]);
    clocks[name] = setTimeout(act, delay);
  }

  // ---- the page's parts --------------------------------------------------

  function showState(text) {
    const line = document.querySelector("[data-live-status]");
    line.hidden = !text;
    const words = line.querySelector("[data-live-words]");
    if (text && words.textContent !== text) words.textContent = text;
  }

  function showUnread(unread) {
    for (const badge of document.querySelectorAll("[data-inbox-badge]")) {
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? "99+" : unread;
    }
    document.title = unread ? `(${unread}) ${title}` : title;
  }

  function intoFeeds(row) {
    for (const feed of document.querySelectorAll("[data-inbox-feed]")) {
      if (feed.querySelector(`[data-number="${row.number}"]`)) continue;
      const parsed = document.createElement("template");
      parsed.innerHTML = row.html.trim();
      const item = parsed.content.firstElementChild;
      item.classList.add("is-new");
      feed.prepend(item);
      window.htmx?.process(item);
    }
    for (const none of document.querySelectorAll("[data-inbox-empty]")) none.hidden = true;
  }

  function tell(rows) {
    if (rows.length <= AT_ONCE) return rows.forEach(qingdan.toast);
    qingdan.toast({
      title: qingdan.phrase("manyNews").replace("#", rows.length),
      text: rows.at(-1).title,
      url: body.dataset.inbox,
      urgent: rows.some((row) => row.urgent),
    });
  }

  function deliver(news) {
    const rows = news.rows.filter((row) => row.number > last);
    rows.forEach(intoFeeds);
    if (rows.length) tell(rows);
    last = Math.max(last, ...rows.map((row) => row.number), news.more ? 0 : news.head);
    body.dataset.head = last;
    showUnread(news.unread);
    if (rows.length) body.dispatchEvent(new CustomEvent("qingdan:news", { bubbles: true, detail: { head: last, rows } }));
  }

  // ---- what is new -------------------------------------------------------

  async function fetchOnce() {
    const answer = await fetch(`${body.dataset.inbox}after/${last}/`, {
      headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
    });
    // Sent on to the log-in page, or refused: this session is over.
    if (answer.redirected || answer.status === 401 || answer.status === 403) return stop();
    if (!answer.ok) throw new Error(String(answer.status));
    const news = await answer.json();
    deliver(news);
    if (news.more) again = true;
  }

  async function run() {
    do {
      again = false;
      await fetchOnce();
    } while (again && !stopped);
  }

  // One fetch at a time; a hint that comes meanwhile makes one more round.
  function refresh() {
    if (stopped) return;
    again = true;
    fetching ??= run()
      .catch(() => clock("retry", refresh, 3000))
      .finally(() => { fetching = null; });
  }

  // ---- the connection ----------------------------------------------------

  function heard(event) {
    clearTimeout(clocks.answer);
    const message = JSON.parse(event.data);
    if (message.type === "hint" && message.head > last) refresh();
    if (message.type === "bye") stop();
  }

  function hello() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ type: "hello", last }));
    clock("answer", () => drop(), ANSWER_WITHIN);
    clock("hello", hello, HELLO_EVERY);
  }

  function opened() {
    attempt = 0;
    clearTimeout(clocks.poll);
    clearTimeout(clocks.down);
    showState("");
    hello();
  }

  function poll() {
    refresh();
    clock("poll", poll, POLL_EVERY);
  }

  function dropped() {
    if (stopped) return;
    for (const name of ["answer", "hello"]) clearTimeout(clocks[name]);
    socket = null;
    clock("connect", connect, Math.min(SLOWEST, 1000 * 2 ** attempt) * (0.5 + Math.random() / 2));
    attempt += 1;
    if (attempt > 1) return;
    // A drop that mends itself at once is not worth a line on the page.
    clock("down", () => showState(qingdan.phrase("reconnecting")), 1500);
    clock("poll", poll, POLL_EVERY);
  }

  // Does not wait for the other side's farewell, which a dead line never sends.
  function drop() {
    const old = socket;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
    dropped();
  }

  function connect() {
    if (stopped || socket) return;
    socket = new WebSocket(address);
    socket.onopen = opened;
    socket.onmessage = heard;
    socket.onclose = dropped;
  }

  function hurry() {
    if (stopped) return;
    if (socket?.readyState === WebSocket.OPEN) return hello();
    refresh();
    connect();
  }

  function close() {
    Object.values(clocks).forEach(clearTimeout);
    if (socket) socket.onclose = null;
    socket?.close();
    socket = null;
  }

  function stop() {
    stopped = true;
    close();
    showState(qingdan.phrase("loggedOut"));
  }

  window.addEventListener("online", hurry);
  window.addEventListener("offline", drop);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => { if (event.persisted) connect(); });

  showUnread(Number(body.dataset.unread));
  connect();
})();
