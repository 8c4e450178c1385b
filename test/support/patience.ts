/**
 * Tests get time for a loaded machine, where a full collection of a large heap alone can take seconds; what hangs still ends.
 * More than whatever they wait for has, so that this says what was waited for.
 */
jest.setTimeout(60_000);
