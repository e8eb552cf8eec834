// Puts statements to PostgreSQL's own scanner and grammar.
//
//   node oracle.mjs STATEMENTS OUT
//
// STATEMENTS: lines of an id, a tab, the text in base64. OUT: after a line that names the version,
// lines of nine columns, explained in the class Recorded that reads them.
import fs from 'node:fs';
import crypto from 'node:crypto';
import * as grammar from 'libpg-query';

// From the grammar's own table; what is above the comments is a keyword.
const KINDS = { 258: 'i', 259: 'I', 260: 'f', 261: 's', 262: 'S', 263: 'b', 264: 'x', 265: 'o', 266: 'n', 267: 'p', 275: 'L', 276: 'B' };
const KEYWORDS = ['?', 'u', 'c', 't', 'r'];

function tokens(text) {
  let scanned;
  try {
    scanned = grammar.scanSync(text);
  } catch {
    return '!';
  }
  let last = 0;
  return scanned.tokens.map((token) => {
    const kind = token.keywordKind ? KEYWORDS[token.keywordKind] : KINDS[token.tokenType] ?? 'q';
    const out = `${kind}${token.start - last}.${token.end - token.start}`;
    last = token.end;
    return out;
  }).join(' ');
}

// Names in a column are separated by spaces, their parts by dots; both may be in a name.
const name = (parts) => parts.map((part) => part.replace(/[%. \t\r\n]/g, (c) => encodeURIComponent(c) === c ? `%${c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}` : encodeURIComponent(c))).join('.');
const strings = (list) => list.map((item) => item.String?.sval ?? '*');

class Seen {
  relations = new Set();
  ctes = new Set();
  functions = new Set();
  nodes = new Set();

  walk(node) {
    if (Array.isArray(node)) {
      node.forEach((item) => this.walk(item));
    } else if (node && typeof node === 'object') {
      if (typeof node.relname === 'string') {
        this.relations.add(name([node.catalogname, node.schemaname, node.relname].filter((part) => part)));
      }
      for (const [key, value] of Object.entries(node)) {
        if (/^[A-Z]/.test(key)) this.nodes.add(key);
        if (key === 'intoClause' || key === 'into') this.nodes.add('IntoClause');
        if (key === 'FuncCall' || key === 'funccall') this.functions.add(name(strings(value.funcname)));
        if (key === 'CommonTableExpr') this.ctes.add(name([value.ctename]));
        this.walk(value);
      }
    }
  }
}

function statement(id, text) {
  const digest = crypto.createHash('sha256').update(text).digest('hex').slice(0, 12);
  let tree;
  try {
    tree = text === '' ? { stmts: [] } : grammar.parseSync(text);
  } catch (problem) {
    if (!grammar.hasSqlDetails(problem)) throw problem;
    const why = problem.sqlDetails.message.replace(/ at or near "[\s\S]*/, '').replace(/[\t\r\n]/g, ' ');
    return [id, digest, `error ${problem.sqlDetails.cursorPosition} ${why}`, '', '', '', '', tokens(text)];
  }
  const seen = new Seen();
  const bytes = Buffer.byteLength(text);
  const statements = tree.stmts.map((raw) => {
    const start = raw.stmt_location ?? 0;
    seen.walk(raw.stmt);
    return `${start}.${raw.stmt_len || bytes - start}.${Object.keys(raw.stmt)[0]}`;
  });
  const column = (set) => [...set].sort().join(' ');
  return [id, digest, 'ok', statements.join(' '), column(seen.relations), column(seen.ctes), column(seen.functions), `${[...seen.nodes].sort().join(' ')}`, tokens(text)];
}

await grammar.loadModule();
const [input, output] = process.argv.slice(2);
const lines = fs.readFileSync(input, 'utf8').split('\n').filter((line) => line);
const version = grammar.parseSync('select 1').version;
const said = lines.map((line) => {
  const [id, encoded] = line.split('\t');
  const columns = statement(id, Buffer.from(encoded, 'base64').toString('utf8'));
  if (columns.length === 8) columns.splice(7, 0, '');
  return columns.join('\t');
});
fs.writeFileSync(output, `# PostgreSQL ${version}\n${said.join('\n')}\n`);
console.error(`${said.length} statements, ${said.filter((line) => line.split('\t')[2] === 'ok').length} accepted`);
