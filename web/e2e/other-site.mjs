/** An application of somebody else, at another site than the server's, which shows one of our pages in a frame. */
import { createServer } from 'node:http';
import { freePort } from './server.mjs';

const html = (title, rest) => `<!doctype html><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1">${rest}`;
const LISTEN = '<script>heard=[];addEventListener(\'message\',(event)=>heard.push({origin:event.origin,...event.data}))</script>';
const STYLE = '<style>body{margin:0}iframe{border:0;width:100%;height:100vh;display:block}</style>';

/**
 * @returns the site: at its root it shows in a frame what was last given to `shows`, keeping what it is told in `heard`;
 * at `/back` somebody is back from us.
 */
export async function openOtherSite() {
  let framed = '';
  const host = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    if (request.url.startsWith('/back')) response.end(html('Back', '<h1>Back at the app</h1>'));
    else response.end(html('An application', `${LISTEN}${STYLE}<iframe title="Countersign" src="${framed}"></iframe>`));
  });
  const port = await freePort();
  await new Promise((done) => host.listen(port, done));
  return {
    // The server is at 127.0.0.1: another name is another site for the browser.
    origin: `http://localhost:${port}`,
    shows: (address) => (framed = address),
    close() {
      host.closeAllConnections();
      host.close();
    },
  };
}
