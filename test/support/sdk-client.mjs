/** Runs one SDK, unmodified, in a process of its own: calls in by message, results and errors out as the SDK gives them. */
const { Checkout } = await import(process.argv[2] ?? 'checkout-sdk-node');
const clients = new Map();

/** Messages carry JSON; the SDK's errors are objects with their own fields, and their name tells the class. */
const plain = (error) => ({ name: error.name, message: error.message, http_code: error.http_code, body: error.body });

/** The token URL is the SDK's own unless it is set after construction (sessions-api.md section 12, Node details). */
const open = ({ key, options, tokenUrl }) => {
  const client = new Checkout(key, options);
  if (tokenUrl !== undefined) client.config.environment.oAuthAuthorizationApi = tokenUrl;
  return client;
};

process.on('message', async ({ call, client, settings, resource, method, args }) => {
  try {
    if (!clients.has(client)) clients.set(client, open(settings));
    process.send({ call, result: (await clients.get(client)[resource][method](...args)) ?? null });
  } catch (error) {
    process.send({ call, error: plain(error) });
  }
});

process.send({ ready: true });
