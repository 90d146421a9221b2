namespace LocalRetrieval.Documents.Parsing;

/// <summary>How deep arrays and dictionaries lie in each other, in bytes that are parsed by recursion.</summary>
internal static class Nesting
{
    // Far below what the stack of the reading thread holds, and far above what documents have, or binary data by chance.
    private const int MaxDepth = 20_000;

    /// <summary>Whether arrays and dictionaries lie in each other deeper than can be parsed.</summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> bytes)
    {
        int depth = 0;
        for (int next; (next = bytes.IndexOfAny("[]<>"u8)) >= 0; bytes = bytes[(next + 1)..])
        {
            if (bytes[next] is (byte)'[' or (byte)'<')
            {
                if (++depth > 2 * MaxDepth)
                {
                    return true;
                }
            }
            else if (depth > 0)
            {
                depth--;
            }
        }

        return false;
    }
}
