/** Tests that use real processes and databases get time for a loaded machine; what hangs still ends. */
jest.setTimeout(30_000);
