namespace LocalRetrieval.Encoders;

/// <summary>A file that a model was loaded from, to be hashed later.</summary>
internal sealed class SourceFile
{
    private readonly string _path;
    private readonly long _length;
    private readonly DateTime _written;

    public SourceFile(string path)
    {
        FileInfo file = new(path);
        _path = path;
        _length = file.Length;
        _written = file.LastWriteTimeUtc;
    }

    /// <exception cref="InvalidOperationException">The file is no longer the one that was loaded.</exception>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public void AppendTo(ContentHash hash)
    {
        FileInfo now = new(_path);
        if (now.Exists && (now.Length != _length || now.LastWriteTimeUtc != _written))
        {
            throw new InvalidOperationException($"{_path} has changed since the model was loaded, so that its fingerprint cannot be computed. Load the model again.");
        }

        hash.AppendFile(_path);
    }
}
