namespace LocalRetrieval.Rag;

/// <summary>The endings of documents' names.</summary>
internal static class NameEndings
{
    /// <summary>The length of the longest of a format's endings that a name has; 0 where it has none. An entry without a dot in front is a whole file name.</summary>
    public static int Longest(ReaderFormat format, string source)
    {
        ReadOnlySpan<char> name = FileName(source);
        int longest = 0;
        foreach (string extension in format.Extensions)
        {
            if (extension.Length > longest && Fits(name, extension))
            {
                longest = extension.Length;
            }
        }

        return longest;
    }

    /// <summary>The ending from the last dot on; empty where there is none.</summary>
    public static string Of(string source) => Path.GetExtension(FileName(source)).ToString();

    /// <summary>What is behind the last slash, without a URI's query and fragment; of a document that lies in another, that of its own name.</summary>
    public static ReadOnlySpan<char> FileName(string source)
    {
        int nested = source.LastIndexOf(DocumentContext.NestedIn, StringComparison.Ordinal);
        ReadOnlySpan<char> name = nested < 0 ? source : source.AsSpan(nested + DocumentContext.NestedIn.Length);
        if (name.Contains("://", StringComparison.Ordinal) && name.IndexOfAny('?', '#') is >= 0 and int end)
        {
            name = name[..end];
        }

        return name[(name.LastIndexOfAny('/', '\\') + 1)..];
    }

    private static bool Fits(ReadOnlySpan<char> name, string extension) => extension.StartsWith('.')
        ? name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
        : name.Equals(extension, StringComparison.OrdinalIgnoreCase);
}
