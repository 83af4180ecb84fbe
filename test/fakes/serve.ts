import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recordedArxiv, startArxivServer } from './arxiv-server.ts';
import { FIXTURES, startHuggingFaceServer } from './hugging-face-server.ts';

/*
 * For trying the command line by hand without the network:
 *
 *   npx tsx test/fakes/serve.ts [--data <folder with hf-api/ and arxiv/>] [--port 7800]
 *
 * It prints the variables to set and runs until Ctrl+C. The recorded lists of `--data` are served
 * beside the invented ones of the fixtures.
 */
const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string', default: '7800' } },
});

const data = resolve(values.data ?? '../shared/data');
const port = Number(values.port);

const lists = join(data, 'hf-api');
const folders = existsSync(lists) ? [FIXTURES, lists] : [FIXTURES];
const huggingFace = await startHuggingFaceServer({ folders, port });
process.stdout.write(`PAPERBOY_HF_URL=${huggingFace.url}\n`);

const recorded = join(data, 'arxiv');
const arxiv = await startArxivServer(
  existsSync(recorded) ? recordedArxiv(recorded) : {},
  port === 0 ? 0 : port + 1,
);
process.stdout.write(`PAPERBOY_ARXIV_URL=${arxiv.url}\n`);
process.stderr.write(`Hugging Face lists: ${[...huggingFace.lists.keys()].sort().join(' ')}\n`);

process.once('SIGINT', () => {
  void huggingFace.close();
  void arxiv.close();
});
