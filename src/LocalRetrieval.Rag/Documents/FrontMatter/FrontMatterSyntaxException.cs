namespace LocalRetrieval.Rag;

/// <summary>Front matter does not parse.</summary>
/// <param name="message">Why not, in a clause.</param>
/// <param name="line">The line in the front matter's content, from 1.</param>
/// <param name="cause">What the parser said.</param>
internal sealed class FrontMatterSyntaxException(string message, int line, Exception? cause = null) : Exception(message, cause)
{
    public int Line => line;
}
