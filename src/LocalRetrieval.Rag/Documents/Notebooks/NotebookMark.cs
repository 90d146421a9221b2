using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Tells a notebook by the start of its JSON.</summary>
internal static class NotebookMark
{
    /// <summary>Whether the outermost object has the key <c>nbformat</c>, or cells with a <c>cell_type</c>.</summary>
    public static bool IsIn(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            start = start[3..];
        }

        if (!start.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return false;
        }

        try
        {
            Utf8JsonReader reader = new(start, isFinalBlock: false, default);
            bool isInCells = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    isInCells = reader.CurrentDepth == 1 ? reader.ValueTextEquals("cells"u8) : isInCells;
                    if ((reader.CurrentDepth == 1 && reader.ValueTextEquals("nbformat"u8)) || (isInCells && reader.CurrentDepth == 3 && reader.ValueTextEquals("cell_type"u8)))
                    {
                        return true;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // No JSON, so no notebook; the reader that its ending chooses says what is wrong.
        }

        return false;
    }
}
