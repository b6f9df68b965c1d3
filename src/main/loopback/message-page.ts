/** A page without script that says why nothing else is shown. */
export function messagePage(title: string, text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} · Groundplan</title>
<meta name="color-scheme" content="light dark">
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.25rem}</style>
<h1>${title}</h1><p>${text}</p></html>
`;
}
