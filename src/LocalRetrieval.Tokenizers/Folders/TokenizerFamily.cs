namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>How a tokenizer is built from the older files.</summary>
internal enum TokenizerFamily
{
    /// <summary>vocab.txt; [CLS] A [SEP] B [SEP].</summary>
    Bert,

    /// <summary>vocab.txt; the start has the type id 2.</summary>
    Funnel,

    /// <summary>vocab.txt; two separators between the texts.</summary>
    MPNet,

    /// <summary>vocab.json and merges.txt; no special tokens around a text, or one before it.</summary>
    Gpt2,

    /// <summary>vocab.json and merges.txt; two separators between the texts, no type ids.</summary>
    Roberta,

    /// <summary>vocab.json and merges.txt; [CLS] A [SEP] B [SEP].</summary>
    Deberta,

    /// <summary>vocab.json and merges.txt; NFC, and a regular expression of its own.</summary>
    Qwen2,
}
