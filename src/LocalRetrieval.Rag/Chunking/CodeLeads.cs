namespace LocalRetrieval.Rag;

/// <summary>What chunks that start within declarations have above them: the names of those that are no headings of their section.</summary>
internal sealed class CodeLeads(CodeScopes? scopes, string? headingPath, ChunkBudget budget)
{
    private int _last = -1;
    private ChunkLead? _lead;

    /// <summary>What a chunk that starts at a place has before it; null where that is its section's heading path alone.</summary>
    public ChunkLead? At(int position)
    {
        int declaration = scopes?.Find(position) ?? -1;
        if (declaration != _last)
        {
            _last = declaration;
            _lead = declaration < 0 ? null : Under(scopes!.PathOf(declaration));
        }

        return _lead;
    }

    private ChunkLead? Under(string path) =>
        string.IsNullOrEmpty(headingPath) || path.StartsWith(headingPath + HeadingPaths.Separator, StringComparison.Ordinal) ? budget.LeadUnder(path) : null;
}
