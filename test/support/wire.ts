/** HTTP as bytes on a socket: what a client library would tidy up, tests have to see as it came. */
import { connect } from 'node:net';
import type { Body } from './api';
import type { Product } from './product';

/** An answer with its headers as they were sent: in order, in their own case, duplicates included. */
export interface WireAnswer {
  status: number;
  headers: [name: string, value: string][];
  text: string;
}

const PATIENCE_MS = 10_000;

/** Sends `request` as it stands and reads until the server closes; so it should ask for `Connection: close`. */
export function onSocket(product: Pick<Product, 'apiUrl'>, request: string | Buffer): Promise<WireAnswer> {
  const { hostname, port } = new URL(product.apiUrl);
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname, () =>
      socket.write(request),
    );
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(new Error(`No end of the answer:\n${Buffer.concat(chunks).toString()}`)),
    );
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', fail);
    socket.once('close', () => done(parse(Buffer.concat(chunks).toString('utf8'))));
  });
}

/** A well-formed request as text; `headers` are added to host and connection. */
export function requestText(method: string, path: string, headers: Record<string, string> = {}, body?: string): string {
  const all = {
    Host: 'countersign.test',
    Connection: 'close',
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}

/** The values of a header by its name in exactly this case. */
export const valuesOf = ({ headers }: WireAnswer, name: string): string[] =>
  headers.filter(([own]) => own === name).map(([, value]) => value);

/** Names that were sent more than once, whatever their case. */
export function repeatedNames({ headers }: WireAnswer): string[] {
  const names = headers.map(([name]) => name.toLowerCase());
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** The answer's JSON. */
export const jsonOf = ({ text }: WireAnswer): Body => JSON.parse(text) as Body;

function parse(answer: string): WireAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = answer.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(' ')[1]), headers, text: answer.slice(end + 4) };
}
