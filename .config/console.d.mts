export function consoleFiles(): Promise<Readonly<Record<'console.html' | 'console.css' | 'console.js', string>>>;
