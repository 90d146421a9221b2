namespace LocalRetrieval.Documents.Structure;

/// <summary>Numbers in small Roman letters, as first pages have.</summary>
internal static class RomanNumber
{
    /// <summary>The number; null for what is none.</summary>
    public static int? Parse(string text)
    {
        int total = 0;
        for (int index = 0; index < text.Length; index++)
        {
            int value = ValueOf(text[index]);
            if (value == 0)
            {
                return null;
            }

            total += index + 1 < text.Length && value < ValueOf(text[index + 1]) ? -value : value;
        }

        return total > 0 ? total : null;
    }

    private static int ValueOf(char letter) => letter switch { 'i' => 1, 'v' => 5, 'x' => 10, 'l' => 50, 'c' => 100, _ => 0 };
}
