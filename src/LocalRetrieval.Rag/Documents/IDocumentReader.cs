namespace LocalRetrieval.Rag;

/// <summary>Finds the sections and blocks of a document without rewriting it.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IDocumentReader
{
    /// <summary>The sections of <paramref name="text"/>, in its order and without overlap.</summary>
    /// <param name="text">The whole text; all offsets refer to it, in UTF-16 units.</param>
    /// <returns>The sections that have content; empty for a blank text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    IReadOnlyList<DocumentSection> Read(string text);
}
