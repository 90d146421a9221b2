namespace LocalRetrieval.Rag;

/// <summary>An item of a list that lines may go on, or the body of a mark that is read as one.</summary>
/// <param name="Indent">The least indentation of its lines.</param>
/// <param name="Dedent">How much of the indentation is not seen.</param>
internal readonly record struct OpenItem(int Indent, int Dedent);
