namespace LocalRetrieval.VectorData.Files;

/// <summary>A folder, as far as a store uses it: the seam at which a loss of power can be simulated.</summary>
/// <remarks>What becomes of names (files that are made, renamed, deleted) survives a loss of power from <see cref="Sync"/> on, and in any order or not at all before.</remarks>
internal interface IStoreFolder
{
    /// <summary>How errors name it.</summary>
    string Path { get; }

    /// <summary>The names of the files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Makes an empty file.</summary>
    /// <exception cref="IOException">There is one of that name.</exception>
    IStoreFile Create(string name);

    /// <summary>Opens a file, to be read and, where asked, to be written to.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    IStoreFile Open(string name, bool isWritten);

    /// <summary>Maps a file, which nobody writes to any more, into memory. It may be deleted meanwhile, where the system deletes what is mapped.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    MappedBytes Map(string name);

    /// <summary>Gives a file another name, in place of the file that has it.</summary>
    void Rename(string name, string newName);

    /// <summary>Deletes a file, if it is there.</summary>
    void Delete(string name);

    /// <summary>Has what became of names survive a loss of power.</summary>
    void Sync();
}
