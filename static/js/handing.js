// What programs hand to a person: a sentence in the person's language, and a file.

/** A sentence with what belongs into it: `%(name)s` becomes the value of that name. */
export const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));

/** Offer bytes or text as a file of this name. */
export function saveAs(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
