import { MethodNotificationController } from './method-notification.controller';

const ID = '8a880dc0-d2d2-4067-bcb1-b08d1690b26e';
const post = (value: object): unknown => ({
  threeDSMethodData: Buffer.from(JSON.stringify(value)).toString('base64'),
});
const page = (form: unknown): string => new MethodNotificationController().receive(form);

describe('the 3DS Method notification', () => {
  it.each([ID, ID.toUpperCase()])('hands the id of the transaction on: %s', (threeDSServerTransID) => {
    expect(page(post({ threeDSServerTransID }))).toContain(`data-type="countersign:method-done" data-id="${ID}"`);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no field', {}],
    ['no text', { threeDSMethodData: 1 }],
    ['no encoding', { threeDSMethodData: '%%%' }],
    ['no id', post({ more: 1 })],
    ['markup for an id', post({ threeDSServerTransID: '"><script>alert(1)</script>' })],
  ])('names no transaction when it gets %s', (_, form) => {
    expect(page(form)).toBe(page({}));
    expect(page(form)).not.toContain('data-id');
  });
});
