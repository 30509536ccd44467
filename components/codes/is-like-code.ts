/** Words in capitals and digits, and parts of a date or an id are not meant. */
const CODE = /^(?=.*\d)(?:[A-Z0-9]{12,}|[A-Z0-9]{3,}(?:-[A-Z0-9]{3,}){2,})$/;

/** Whether a text to search for may be a code itself: one word of capitals and digits, long or in groups. */
export const isLikeCode = (text: string): boolean => CODE.test(text.trim()) && /[A-Z]/.test(text);
