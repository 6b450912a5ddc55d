import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

/**
 * pdf.js asks for these folders only when a document needs them (CJK character maps, fonts that are not
 * embedded, JPEG 2000 and JBIG2 decoders), so they are copied as they are and never enter a bundle.
 */
function pdfjsFolders(): Plugin {
  return {
    name: 'copy-pdfjs-folders',
    apply: 'build',
    writeBundle(options) {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        cpSync(`node_modules/pdfjs-dist/${folder}`, `${options.dir}/pdfjs/${folder}`, { recursive: true });
      }
    },
  };
}

/**
 * What is text is laid beside itself once more, compressed: the server sends it to every browser that takes it, and computes
 * nothing for that.
 */
function compressed(): Plugin {
  return {
    name: 'compress-assets',
    apply: 'build',
    writeBundle(options) {
      const folder = `${options.dir}/assets`;
      for (const name of readdirSync(folder).filter((one) => /\.(css|js|mjs|svg)$/.test(one))) {
        writeFileSync(`${folder}/${name}.gz`, gzipSync(readFileSync(`${folder}/${name}`), { level: 9 }));
      }
    },
  };
}

/** Every page is the same but for its title and its script, which is all that its own file says. */
function shell(): Plugin {
  return {
    name: 'page-shell',
    transformIndexHtml: {
      order: 'pre',
      handler(page) {
        const [title = ''] = /<title>.*<\/title>/.exec(page) ?? [];
        const [script = ''] = /<script .*<\/script>/.exec(page) ?? [];
        return readFileSync('shell.html', 'utf8').replace('<!-- title -->', title).replace('<!-- script -->', script);
      },
    },
  };
}

/** The signer's page runs first what asks the server, without waiting for the rest. The file is one that it needs anyway. */
function earlyScript(): Plugin {
  return {
    name: 'early-script',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_page, { filename, bundle }) {
        if (!filename.endsWith('sign.html')) return [];
        const early = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith('/sign/early.ts')));
        if (!early) throw new Error('the script that asks the server first is in no file');
        return [{ tag: 'script', attrs: { type: 'module', async: true, crossorigin: true, src: `/${early.fileName}` }, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** In development the pages answer at the addresses that the server gives them. */
function pageAddresses(): Plugin {
  return {
    name: 'page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        if (path.startsWith('/s/') || path === '/oidc/callback') request.url = '/sign.html';
        else if (path.startsWith('/f/')) request.url = '/form.html';
        else if (path.startsWith('/e/')) request.url = '/edit.html';
        else if (/^\/(new|sign-in|sign-myself|envelopes|contacts|templates|bulk|settings)?(\/|$)/.test(path)) request.url = '/desk.html';
        next();
      });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), shell(), earlyScript(), pdfjsFolders(), compressed(), pageAddresses()],
  worker: { format: 'es' },
  build: {
    target: ['chrome109', 'safari16.4', 'firefox115'],
    rollupOptions: {
      input: { sign: 'sign.html', desk: 'desk.html', form: 'form.html', edit: 'edit.html' },
      // What a visit is made of travels in one file: whoever signs waits for each request more.
      // Before it comes the little that asks the server, so that the answers travel beside it.
      output: {
        advancedChunks: {
          groups: [
            { name: 'early', test: /\/src\/(sign\/early|pdf\/sight-width|i18n\/(signing-)?words|api\/(ceremony|request|problem|server-time|visit-token|send-file|edit-token))\.ts$/, priority: 2 },
            { name: 'visit', test: /\/src\/((sign(?!\/main)|pdf|ink)\/|ui\/.*\.css$)/, priority: 1 },
          ],
        },
      },
    },
    // Which file needs which others: a test weighs the signer's page by it.
    manifest: 'assets.json',
    // The content security policy allows no inline module; the polyfill would be one more request for nothing.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8480', '/dev': 'http://127.0.0.1:8480' } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
