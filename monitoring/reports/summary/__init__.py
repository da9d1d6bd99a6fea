"""stub"""
class Summary: pass
