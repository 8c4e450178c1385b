import { ApiError, isNothingDone } from './api-error';

describe('that nothing was done', () => {
  it.each([
    [422, 'name_required'],
    [409, 'changed_meanwhile'],
    [403, 'upstream_client_refused'],
  ])('is what a refusal says: %i %s', (status, code) => {
    expect(isNothingDone(new ApiError(status, [code]))).toBe(true);
  });

  it.each([
    [0, 'unreachable'],
    [500, 'unknown_error'],
    [503, 'service_not_available'],
    [409, 'idempotency_key_in_use'],
    [409, 'idempotency_key_reused'],
    [409, 'idempotent_answer_gone'],
  ])('is not what nobody knows, or what may have been done before: %i %s', (status, code) => {
    expect(isNothingDone(new ApiError(status, [code]))).toBe(false);
  });

  it('is not what a failure of this page says', () => {
    expect(isNothingDone(new TypeError('x is not a function'))).toBe(false);
  });
});
