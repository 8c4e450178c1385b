import { ApiError } from '../providers/api-error';
import { problemOf } from './field-problem';

it.each([
  ['accent_invalid', ['accent'], 'This does not have the right form.'],
  ['name_required', ['name'], 'This is missing.'],
  ['api_base_url_invalid', ['api_url', 'api_base_url'], 'This does not have the right form.'],
  ['merchant_name_invalid', ['name'], null],
  ['accent_invalid', [], null],
])('%s is said beside %j: %j', (code, names, words) => {
  expect(problemOf(new ApiError(422, ['locale_invalid', code]), names)).toBe(words);
});

it('what is no refusal of a field is said beside none', () => {
  expect(problemOf(new ApiError(409, ['accent_invalid']), ['accent'])).toBeNull();
  expect(problemOf(new Error('the page failed'), ['accent'])).toBeNull();
  expect(problemOf(null, ['accent'])).toBeNull();
});
