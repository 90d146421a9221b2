namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>A class of tokenizers that can be read without a tokenizer.json: how it is built, and which special tokens it has.</summary>
/// <param name="Family">How it is built.</param>
/// <param name="Roles">The content of its special tokens by the name of their field, where the folder does not say.</param>
/// <param name="MaskTakesSpace">Whether the mask token takes the white space before it.</param>
internal sealed record TokenizerClass(TokenizerFamily Family, IReadOnlyDictionary<string, string> Roles, bool MaskTakesSpace)
{
    private static readonly Dictionary<string, string> BertRoles = new()
    {
        ["unk_token"] = "[UNK]", ["sep_token"] = "[SEP]", ["pad_token"] = "[PAD]", ["cls_token"] = "[CLS]", ["mask_token"] = "[MASK]",
    };

    private static readonly Dictionary<string, string> RobertaRoles = new()
    {
        ["bos_token"] = "<s>", ["eos_token"] = "</s>", ["unk_token"] = "<unk>", ["sep_token"] = "</s>", ["pad_token"] = "<pad>",
        ["cls_token"] = "<s>", ["mask_token"] = "<mask>",
    };

    private static readonly TokenizerClass Bert = new(TokenizerFamily.Bert, BertRoles, false);

    private static readonly TokenizerClass Roberta = new(TokenizerFamily.Roberta, RobertaRoles, true);

    private static readonly TokenizerClass MPNet = new(
        TokenizerFamily.MPNet, new Dictionary<string, string>(RobertaRoles) { ["unk_token"] = "[UNK]" }, true);

    private static readonly TokenizerClass Funnel = new(
        TokenizerFamily.Funnel,
        new Dictionary<string, string>(RobertaRoles) { ["sep_token"] = "<sep>", ["cls_token"] = "<cls>" },
        false);

    private static readonly TokenizerClass Gpt2 = new(
        TokenizerFamily.Gpt2,
        new Dictionary<string, string>
        {
            ["bos_token"] = "<|endoftext|>", ["eos_token"] = "<|endoftext|>", ["unk_token"] = "<|endoftext|>",
        },
        false);

    private static readonly TokenizerClass Deberta = new(
        TokenizerFamily.Deberta, new Dictionary<string, string>(BertRoles) { ["bos_token"] = "[CLS]", ["eos_token"] = "[SEP]" }, true);

    private static readonly TokenizerClass Qwen2 = new(
        TokenizerFamily.Qwen2,
        new Dictionary<string, string>
        {
            ["eos_token"] = "<|endoftext|>", ["unk_token"] = "<|endoftext|>", ["pad_token"] = "<|endoftext|>",
        },
        false);

    /// <summary>The classes by their names, without the "Fast" that a name may end with.</summary>
    public static IReadOnlyDictionary<string, TokenizerClass> ByName { get; } = new Dictionary<string, TokenizerClass>
    {
        ["BertTokenizer"] = Bert,
        ["ConvBertTokenizer"] = Bert,
        ["DistilBertTokenizer"] = Bert,
        ["DPRContextEncoderTokenizer"] = Bert,
        ["DPRQuestionEncoderTokenizer"] = Bert,
        ["DPRReaderTokenizer"] = Bert,
        ["ElectraTokenizer"] = Bert,
        ["LayoutLMTokenizer"] = Bert,
        ["LxmertTokenizer"] = Bert,
        ["MobileBertTokenizer"] = Bert,
        ["RetriBertTokenizer"] = Bert,
        ["SqueezeBertTokenizer"] = Bert,
        ["FunnelTokenizer"] = Funnel,
        ["MPNetTokenizer"] = MPNet,
        ["BartTokenizer"] = Roberta,
        ["LEDTokenizer"] = Roberta,
        ["LongformerTokenizer"] = Roberta,
        ["MvpTokenizer"] = Roberta,
        ["RobertaTokenizer"] = Roberta,
        ["CodeGenTokenizer"] = Gpt2,
        ["GPT2Tokenizer"] = Gpt2,
        ["DebertaTokenizer"] = Deberta,
        ["Qwen2Tokenizer"] = Qwen2,
    };

    /// <summary>The class of a model's type, as config.json names it, where nothing names the class.</summary>
    public static IReadOnlyDictionary<string, string> ByModelType { get; } = new Dictionary<string, string>
    {
        ["bart"] = "BartTokenizer",
        ["bert"] = "BertTokenizer",
        ["codegen"] = "CodeGenTokenizer",
        ["convbert"] = "ConvBertTokenizer",
        ["deberta"] = "DebertaTokenizer",
        ["distilbert"] = "DistilBertTokenizer",
        ["electra"] = "ElectraTokenizer",
        ["funnel"] = "FunnelTokenizer",
        ["gpt2"] = "GPT2Tokenizer",
        ["gpt_neo"] = "GPT2Tokenizer",
        ["gptj"] = "GPT2Tokenizer",
        ["layoutlm"] = "LayoutLMTokenizer",
        ["led"] = "LEDTokenizer",
        ["longformer"] = "LongformerTokenizer",
        ["lxmert"] = "LxmertTokenizer",
        ["mobilebert"] = "MobileBertTokenizer",
        ["mpnet"] = "MPNetTokenizer",
        ["mvp"] = "MvpTokenizer",
        ["phi"] = "CodeGenTokenizer",
        ["qwen2"] = "Qwen2Tokenizer",
        ["qwen3"] = "Qwen2Tokenizer",
        ["roberta"] = "RobertaTokenizer",
        ["squeezebert"] = "SqueezeBertTokenizer",
    };
}
