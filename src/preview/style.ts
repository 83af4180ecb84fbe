/** The page's looks: one column, light and dark by the reader's system, no web font to fetch. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #fff; --ink: #23211d; --quiet: #6c665c; --line: #e6e1d6;
  --accent: #a8481f; --votes: #8a3b18; --wash: #f6ede6; --own: #fff8dd; --own-line: #ecdfae;
}
@media (prefers-color-scheme: dark) {
  .save[aria-pressed='false']:not(:hover, :focus-visible) { filter: grayscale(1) brightness(1.9); }
  :root {
    --paper: #191816; --card: #211f1c; --ink: #ece7dd; --quiet: #a39c8f; --line: #383530;
    --accent: #f0a078; --votes: #f0a078; --wash: #33281f; --own: #2c291c; --own-line: #4b4528;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
a { color: inherit; text-decoration-color: color-mix(in srgb, var(--accent) 45%, transparent); text-decoration-thickness: 1px; text-underline-offset: 3px; }
a:hover { color: var(--accent); }
h1, h2, h3, p, ol, ul { margin: 0; }
code { font: 0.87em ui-monospace, 'SF Mono', Menlo, Consolas, monospace; background: var(--wash); border-radius: 4px; padding: 0.1em 0.35em; }
hr { border: 0; border-top: 1px solid var(--line); width: 100%; }
button, select {
  font: inherit; font-size: 0.875rem; color: inherit; cursor: pointer;
  background: transparent; border: 1px solid var(--line); border-radius: 8px; padding: 0.3rem 0.75rem;
}
select { width: 11rem; max-width: 100%; background: var(--card); }
button:hover, select:hover { border-color: var(--accent); }
button:disabled { opacity: 0.5; cursor: progress; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.bar { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); }
.bar > div, main { max-width: 46rem; margin: 0 auto; padding: 0.7rem 1rem; }
.bar > div { display: flex; gap: 1.25rem; align-items: center; }
h1 { font-size: 1.05rem; letter-spacing: -0.01em; display: flex; gap: 0.5rem; align-items: center; }
form {
  flex: 1; min-width: 0; display: flex; align-items: center; gap: 0.5rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.25rem 0.3rem 0.25rem 0.75rem;
}
form:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
form label { color: var(--accent); font-weight: 600; }
form input { flex: 1; min-width: 0; font: inherit; color: inherit; background: none; border: 0; padding: 0.25rem 0; outline: 0; }
form input:focus-visible { outline: 0; }
form input::placeholder { color: var(--quiet); opacity: 0.8; }
form button { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
form.busy button { opacity: 0.5; }

main { padding-top: 1.25rem; padding-bottom: 4rem; }
#notice { color: var(--accent); }
#notice:not(:empty), #private:not(:empty) { margin-bottom: 1.25rem; }
#feed { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
#feed:has(> section) + .empty { display: none; }
.empty { text-align: center; color: var(--quiet); padding: 4rem 1rem; }
.empty .actions { justify-content: center; margin-top: 1rem; }

.thread, .private { background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.private { background: var(--own); border-color: var(--own-line); }
article { position: relative; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7rem; padding: 1.1rem 1.25rem; }
article > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.6rem; color: var(--quiet); font-size: 0.85rem; padding-right: 2.5rem; }
article > header strong { color: var(--ink); }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -0.015em; text-wrap: balance; }
ol, ul { padding-left: 1.6rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.45rem; }
li:has(a) { color: var(--quiet); }
li a { color: var(--ink); font-weight: 500; }
li::marker { color: var(--quiet); font-variant-numeric: tabular-nums; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.dismiss { position: absolute; top: 0.6rem; right: 0.75rem; border: 0; font-size: 1.25rem; line-height: 1; padding: 0.35rem 0.6rem; color: var(--quiet); }

.save {
  position: absolute; top: 0.75rem; right: 0.8rem; z-index: 1; width: 2.25rem; height: 2.25rem; padding: 0;
  font-size: 1.05rem; line-height: 1; border-color: transparent; filter: grayscale(1); opacity: 0.6;
}
.save:hover, .save:focus-visible { opacity: 0.9; filter: none; }
.save[aria-pressed='true'] { opacity: 1; filter: none; background: var(--wash); border-color: var(--accent); }

details { border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: 0.6rem 1.25rem; font-size: 0.85rem; font-weight: 600; color: var(--quiet); }
summary:hover { color: var(--accent); }
.replies article { border-top: 1px solid var(--line); }

.paper { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.9rem; align-items: start; }
.paper:has(> img:not([hidden])) { grid-template-columns: 8.5rem minmax(0, 1fr); }
.paper + .paper { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 0.3rem; }
.paper > img { width: 100%; aspect-ratio: 16 / 10; object-fit: cover; border-radius: 8px; border: 1px solid var(--line); background: var(--wash); margin-top: 0.25rem; }
.paper:has(> img:not([hidden])) + .actions { padding-left: 9.4rem; }
.about { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.3rem; }
h3 { font-size: 1.05rem; line-height: 1.35; font-weight: 650; padding-right: 2.5rem; }
h3 a { text-decoration: none; }
h3 a:hover { text-decoration: underline; }
.rank { color: var(--quiet); font-weight: 500; font-variant-numeric: tabular-nums; }
.byline, .why, .links { font-size: 0.875rem; color: var(--quiet); }
.votes { color: var(--votes); font-weight: 650; white-space: nowrap; margin-right: 0.35rem; }
.summary { margin: 0.15rem 0; }
.links a { font-weight: 500; }

@media (max-width: 34rem) {
  body { font-size: 15.5px; }
  .bar > div { padding: 0.5rem 0.75rem; gap: 0.6rem; }
  h1 { font-size: 0; gap: 0; }
  form input { font-size: 16px; }
  main { padding: 0.75rem 0.5rem 3rem; }
  article { padding: 1rem; }
  summary { padding: 0.6rem 1rem; }
  .paper:has(> img:not([hidden])) { grid-template-columns: minmax(0, 1fr); }
  .paper > img { display: none; }
  .paper:has(> img:not([hidden])) + .actions { padding-left: 0; }
  ol, ul { padding-left: 1.35rem; }
}
`;
