import { ApiError } from './api-error';
import { explain, isPassing, sentence } from './errors';

describe('an error in words', () => {
  it('has the explanation of its code before that of its status', () => {
    expect(explain(new ApiError(409, ['changed_meanwhile'], 'req-1'))).toEqual({
      title: 'Somebody else was faster',
      detail: 'It changed in the meantime. What you see now is its present state.',
      requestId: 'req-1',
    });
    expect(explain(new ApiError(404, ['session_not_found'])).title).toBe('Not found');
  });

  it('names every field that has to be mended', () => {
    expect(sentence(new ApiError(422, ['email_invalid', 'merchant_ids_required']))).toBe(
      'Something has to be mended. Email does not have the right form. Merchant ids is missing.',
    );
    expect(explain(new ApiError(422, ['filter_last_four_invalid'])).detail).toBe(
      'Last four does not have the right form.',
    );
  });

  it('says when to try again', () => {
    expect(explain(new ApiError(429, ['too_many_requests'], null, 30)).detail).toBe(
      'Wait a little, then try again. In 30 s it may work.',
    );
  });

  it('has words for what was never foreseen, and none of the machine', () => {
    expect(explain(new ApiError(500, ['unknown_error'])).title).toBe('Something went wrong');
    expect(JSON.stringify(explain(new TypeError('x is not a function')))).not.toContain('function');
  });
});

it('what failed is asked for again where that may help, and never for a report that is too large', () => {
  expect(isPassing(new ApiError(0, ['unreachable']))).toBe(true);
  expect(isPassing(new ApiError(503, ['service_not_available']))).toBe(true);
  expect(isPassing(new ApiError(503, ['reports_busy']))).toBe(true);
  expect(isPassing(new ApiError(503, ['report_too_large']))).toBe(false);
  expect(isPassing(new ApiError(422, ['from_invalid']))).toBe(false);
  expect(isPassing(new TypeError('x'))).toBe(false);
});
