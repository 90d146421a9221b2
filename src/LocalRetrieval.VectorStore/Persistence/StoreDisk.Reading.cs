namespace LocalRetrieval.VectorData.Persistence;

internal sealed partial class StoreDisk
{
    /// <summary>The name of a collection; null where another process has deleted it since it was listed.</summary>
    private string? NameAt(string prefix)
    {
        try
        {
            return StoreFileNames.NameOf(prefix) ?? ReadHead(prefix).Schema.Name;
        }
        catch (FileNotFoundException) when (_isReadOnly && !IsThere(prefix))
        {
            return null;
        }
    }

    /// <summary>Reads the log that is a collection's; again where the writer has replaced it meanwhile.</summary>
    private T ReadCurrent<T>(string prefix, Func<string, T> read)
    {
        for (int attempt = 0; ; attempt++)
        {
            string log = CurrentFile.Read(_folder, prefix);
            try
            {
                return read(log);
            }
            catch (FileNotFoundException) when (IsReplaced(prefix, log, attempt))
            {
                // The log that it is by now is read.
            }
        }
    }

    /// <summary>Whether another process has made another log the collection's, or deleted it, so that it is worth another look.</summary>
    private bool IsReplaced(string prefix, string? log, int attempt) => _isReadOnly && attempt < MostAttempts && (!IsThere(prefix) || CurrentFile.TryRead(_folder, prefix) != log);

    private bool IsThere(string prefix) => _folder.List().Contains(StoreFileNames.CurrentOf(prefix), StringComparer.Ordinal);
}
