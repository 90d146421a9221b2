using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>Reads vocab.txt: a token a line, whose id is the line's place.</summary>
internal static class VocabularyFile
{
    /// <summary>Reads the file; of two lines with one token the later holds, as in the reference.</summary>
    public static Vocabulary Read(FolderFiles files)
    {
        string[] lines = files.Lines(FolderFiles.PieceVocabulary);

        // What follows the last line's end is no line.
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        Dictionary<string, int> ids = new(count, StringComparer.Ordinal);
        for (int id = 0; id < count; id++)
        {
            ids[lines[id]] = id;
        }

        return Vocabulary.FromIds(ids);
    }
}
