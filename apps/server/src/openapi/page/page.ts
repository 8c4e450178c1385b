import type {
  Content,
  Method,
  OpenApiDocument,
  Operation,
  Parameter,
  PathItem,
  Ref,
  Response,
} from '../document.types';
import { ADDRESS } from '../examples';
import { html, Html, prose } from './html';
import { STYLE } from './page.style';
import { marks, refName, schemaBody, schemaLink, typeOf } from './schema-table';

interface Entry {
  readonly method: Method;
  readonly path: string;
  readonly item: PathItem;
  readonly operation: Operation;
}

const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete'];

const entriesOf = (paths: Readonly<Record<string, PathItem>>): Entry[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, item, operation }] : [];
    }),
  );

/** In one piece: the policy's hash is of exactly this text. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

const idOf = ({ operationId }: Operation): string => `op-${operationId}`;

const START = `TOKEN=$(curl -s ${ADDRESS}/connect/token -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials | jq -r .access_token)

curl -s ${ADDRESS}/sessions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "source": { "type": "card", "number": "4485040371536584", "expiry_month": 12, "expiry_year": 2030 },
  "amount": 6540, "currency": "EUR", "completion": { "type": "non_hosted" }
}'`;

const SCHEMES: Readonly<Record<string, string>> = {
  OAuth: 'access token',
  SessionSecret: 'session secret',
  PublicKey: 'public key',
  BasicClient: 'client id and secret, by HTTP Basic or in the form',
};

/** Who may call, in a sentence. */
function callers({ security }: Operation): string {
  const schemes = security.flatMap((one) => Object.keys(one));
  if (schemes.length === 0) return 'Open to all.';
  const scopes = security.flatMap((one) => one['OAuth'] ?? []);
  const words = [...new Set(schemes)].map((scheme) =>
    scheme === 'OAuth' ? `access token with ${scopes.map((scope) => `\`${scope}\``).join(' or ')}` : SCHEMES[scheme],
  );
  return `With ${words.join(', or ')}.`;
}

function examples(content: Content): Html[] {
  return Object.values(content.examples ?? {}).map(
    ({ summary, value }) =>
      html`<details>
        <summary>${summary ?? 'Example'}</summary>
        <pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>
      </details>`,
  );
}

const contents = (content: Readonly<Record<string, Content>>): Html[] =>
  Object.entries(content).map(
    ([type, one]) =>
      html`<p>${typeOf(one.schema)} <span class="soft">${type}</span></p>
        ${examples(one)}`,
  );

function parametersTable(parameters: readonly Parameter[]): Html | null {
  if (parameters.length === 0) return null;
  return html`<h4>Parameters</h4>
    <div class="scroll">
      <table>
        <tbody>
          ${parameters.map(
            (one) =>
              html`<tr>
                <td><code>${one.name}</code>${marks({ ...one })}</td>
                <td>${one.in}${one.required === true && html` <small>required</small>`}</td>
                <td>${one.description && prose(one.description)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The whole page, without a script and without anything from elsewhere. Addresses in it begin with `ADDRESS`. */
export function renderPage(document: OpenApiDocument): string {
  const { components, info, tags } = document;
  const resolved = <T extends object>(table: Readonly<Record<string, T>>, value: T | Ref): T => {
    const found = '$ref' in value ? table[refName(value.$ref)] : value;
    if (!found) throw new Error('A reference leads nowhere');
    return found;
  };
  const entries = [
    ...entriesOf(document.paths),
    ...entriesOf({ 'your callback_url': components.pathItems['SessionCallback'] ?? {} }),
  ];
  const ofTag = (tag: string): Entry[] => entries.filter(({ operation }) => operation.tags.includes(tag));

  const responseRow = (status: string, value: Response | Ref): Html => {
    const { description, content } = resolved<Response>(components.responses, value);
    const schema = Object.values(content ?? {})[0]?.schema;
    return html`<tr>
      <td><code>${status}</code></td>
      <td>${prose(description)}</td>
      <td>${schema && typeOf(schema)}</td>
    </tr>`;
  };

  const operationCard = ({ method, path, item, operation }: Entry): Html => {
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    const successes = Object.values(operation.responses).flatMap((value) =>
      '$ref' in value ? [] : Object.values(value.content ?? {}),
    );
    return html`<article class="card" id="${idOf(operation)}">
      <h3 class="op"><span class="verb ${method}">${method.toUpperCase()}</span><code>${path}</code></h3>
      <p>
        <strong>${prose(operation.summary)}.</strong>
        ${operation.description && prose(operation.description)}
      </p>
      ${!operation.tags.includes('Callbacks') && html`<p class="soft">${prose(callers(operation))}</p>`}
      ${parametersTable(parameters.map((one) => resolved<Parameter>(components.parameters, one)))}
      ${
        operation.requestBody &&
        html`<h4>Body</h4>
          ${contents(operation.requestBody.content)}`
      }
      <h4>Answers</h4>
      <div class="scroll">
        <table>
          <tbody>
            ${Object.entries(operation.responses).map(([status, value]) => responseRow(status, value))}
          </tbody>
        </table>
      </div>
      ${successes.flatMap(examples)}
    </article>`;
  };

  const schemaCard = ([name, schema]: [string, Readonly<Record<string, unknown>>]): Html => {
    const description = schema['description'] as string | undefined;
    return html`<article class="card" id="schema-${name}">
      <h3>${name}${marks(schema)}</h3>
      ${description && html`<p>${prose(description)}</p>`}${schemaBody(schema)}
    </article>`;
  };

  const schemas = Object.entries(components.schemas);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <div class="page">
          <nav class="side" aria-label="Contents">
            <a class="brand" href="#content">${info.title}</a>
            ${tags.map(
              ({ name }) =>
                html`<h2>${name}</h2>
                  <ul>
                    ${ofTag(name).map(
                      ({ method, operation }) =>
                        html`<li>
                          <a href="#${idOf(operation)}"
                            ><span class="verb ${method}">${method.toUpperCase()}</span
                            >${operation.summary.replaceAll('`', '')}</a
                          >
                        </li>`,
                    )}
                  </ul>`,
            )}
            <details>
              <summary>Schemas</summary>
              <ul>
                ${schemas.map(([name]) => html`<li>${schemaLink(name)}</li>`)}
              </ul>
            </details>
          </nav>
          <main id="content">
            <h1>${info.title}</h1>
            <p class="lead">${info.summary}. Version ${info.version}. <a href="openapi.json">openapi.json</a></p>
            ${info.description.split('\n\n').map((paragraph) => html`<p class="lead">${prose(paragraph)}</p>`)}
            <section class="card" aria-labelledby="start">
              <h3 id="start">Begin</h3>
              <p>
                With the client id and secret of an access key; on an installation in demo mode they are in its
                <code>demo.json</code>.
              </p>
              <h4>Token, then session</h4>
              <pre tabindex="0"><code>${START}</code></pre>
            </section>
            ${tags.map(
              ({ name, description }) =>
                html`<section aria-labelledby="tag-${name}">
                  <h2 id="tag-${name}">${name}</h2>
                  <p class="soft">${description}.</p>
                  ${ofTag(name).map(operationCard)}
                </section>`,
            )}
            <section aria-labelledby="schemas">
              <h2 id="schemas">Schemas</h2>
              ${schemas.map(schemaCard)}
            </section>
          </main>
        </div>
      </body>
    </html> `.text;
}
