/** Runs inside a page: what a reader could not read or would have to scroll sideways for, one line each; none is good. */
/* global document, getComputedStyle, innerWidth, OffscreenCanvas, NodeFilter */
(() => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  /** `layers` from the ground up, painted over each other: red, green, blue. */
  const paint = (layers) => {
    pixel.clearRect(0, 0, 1, 1);
    for (const layer of layers) {
      pixel.fillStyle = layer;
      pixel.fillRect(0, 0, 1, 1);
    }
    return [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const backgrounds = (element) =>
    element === null ? ['Canvas'] : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const isDisabled = (element) => element.closest(':disabled') !== null;

  /** WCAG 2.2, 1.4.3: 4.5 to 1, and 3 to 1 for large text. */
  const unreadable = (element, text) => {
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
    const layers = backgrounds(element);
    const found = contrast(paint([...layers, color]), paint(layers));
    return found < needed ? [`contrast ${found.toFixed(2)} instead of ${needed}: ${text.trim().slice(0, 40)}`] : [];
  };

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    const isText = data.trim() !== '' && !['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT'].includes(element.tagName);
    if (isText && isSeen(element) && !isDisabled(element)) texts.push([element, data]);
  }
  for (const field of document.querySelectorAll('input:not([type=radio]), select')) {
    if (isSeen(field) && !isDisabled(field)) texts.push([field, field.value || field.name || field.id]);
  }

  const wide = [...document.body.querySelectorAll('*')]
    .filter((element) => isSeen(element) && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => `beyond the right edge: ${element.tagName.toLowerCase()} ${element.id || element.className}`);
  const cut = [...document.body.querySelectorAll('*')]
    .filter((element) => isSeen(element) && getComputedStyle(element).overflowX === 'hidden')
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => `cut off: ${element.tagName.toLowerCase()} ${element.id || element.className}`);
  return [...texts.flatMap(([element, text]) => unreadable(element, text)), ...wide, ...cut];
})();
