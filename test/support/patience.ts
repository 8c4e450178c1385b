/** Tests get time for a loaded machine, where a full collection of a large heap alone can take seconds; what hangs still ends. */
jest.setTimeout(30_000);
