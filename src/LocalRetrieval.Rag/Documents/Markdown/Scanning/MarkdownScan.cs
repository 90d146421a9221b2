using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>What a scanner found in a document.</summary>
/// <param name="Masked">The text with other characters, as many, where something is that Markdown must not see.</param>
/// <param name="Cuts">Starts of lines at which the text may be cut and parsed in parts.</param>
/// <param name="Definitions">The definitions of its links.</param>
/// <param name="Rows">Lines of tables, whose inlines are still to be read.</param>
internal sealed record MarkdownScan(string Masked, List<int> Cuts, LinkReferenceDefinitionGroup Definitions, List<MaskedLines> Rows);
